import { Alert } from '@mantine/core';

/** Above a form: what is wrong with it as a whole. */
export function FormFault({ text }: { text: string | null | undefined }) {
  return text ? (
    <Alert color="keel" variant="light" role="alert">
      {text}
    </Alert>
  ) : null;
}
