import { Button } from '@mantine/core';
import type { Asset } from '@slipway/sdk';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { AccountPage } from '../features/account/account-page';
import { type MailLink, useMailLink } from '../features/account/mail-link';
import { ResetPage } from '../features/account/reset-page';
import { useSession } from '../features/account/session-context';
import { VerifyPage } from '../features/account/verify-page';
import { putAssets } from '../features/assets/asset-queries';
import { UploadsProvider } from '../features/uploads/uploads-context';
import { ErrorNote } from '../ui/error-note';
import { client, queries, session } from './services';

const loadSignedIn = () => import('./signed-in');
const SignedIn = lazy(async () => ({ default: (await loadSignedIn()).SignedIn }));
// Fetched while somebody types a password.
void loadSignedIn();

function showUploaded(assets: Asset[]): void {
  for (const projectId of new Set(assets.map((asset) => asset.project_id)))
    putAssets(
      queries,
      projectId,
      // The newest first, as the list has them.
      assets.filter((asset) => asset.project_id === projectId).reverse(),
    );
}

/** Whether the cookie still knows somebody: nothing can be shown before that, and a reload is short. */
function Door({ link }: { link: MailLink | null }) {
  const { status } = useSession();
  const { error, refetch } = useQuery({
    queryKey: ['session'],
    queryFn: () => session.start(),
    enabled: status === 'unknown',
  });
  if (status === 'signed-out') return <AccountPage invited={link?.kind === 'invitation'} />;
  if (status === 'unknown') {
    const retry = <Button onClick={() => void refetch()}>Try again</Button>;
    return error && <ErrorNote title="Slipway cannot be reached" error={error} action={retry} />;
  }
  return (
    <Suspense>
      <SignedIn />
    </Suspense>
  );
}

/** Everything below belongs to one person: when another signs in, nothing of the first one's is left. */
export function Gate() {
  const { user, expired } = useSession();
  const link = useMailLink();
  const userId = user?.id ?? null;
  useEffect(() => {
    if (userId === null) return;
    return () => {
      queries.clear();
      client.signedUrls.clear();
    };
  }, [userId]);
  return (
    <UploadsProvider userId={userId} expired={expired} onUploaded={showUploaded}>
      {link?.kind === 'reset' && <ResetPage key={link.token} token={link.token} />}
      {link?.kind === 'verify' && <VerifyPage key={link.token} token={link.token} />}
      {(!link || link.kind === 'invitation') && <Door link={link} />}
    </UploadsProvider>
  );
}
