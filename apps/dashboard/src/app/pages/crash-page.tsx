import { Button } from '@mantine/core';
import { ErrorNote } from '../../ui/error-note';

/** A page that threw while it was drawn. The shell around it still works. */
export function CrashPage({ error }: { error: unknown }) {
  const reload = <Button onClick={() => location.reload()}>Reload</Button>;
  return <ErrorNote title="This page cannot be shown" error={error} action={reload} />;
}
