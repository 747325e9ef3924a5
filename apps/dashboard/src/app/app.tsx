import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { Asset } from '@slipway/sdk';
import { SlipwayProvider } from '@slipway/sdk/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { AccountPage } from '../features/account/account-page';
import { SessionProvider, useSession } from '../features/account/session-context';
import { putAssets } from '../features/assets/asset-queries';
import { UploadsProvider } from '../features/uploads/uploads-context';
import { client, queries, session } from './services';
import { cssVariables, theme } from './theme';

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

/** Everything below belongs to one person: when another signs in, nothing of the first one's is left. */
function Gate() {
  const { current, ended } = useSession();
  const userId = current?.user.id ?? null;
  useEffect(() => {
    if (userId === null) return;
    return () => {
      queries.clear();
      client.signedUrls.clear();
    };
  }, [userId]);
  return (
    <UploadsProvider userId={userId} expired={ended} onUploaded={showUploaded}>
      {current ? (
        <Suspense>
          <SignedIn />
        </Suspense>
      ) : (
        <AccountPage />
      )}
    </UploadsProvider>
  );
}

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <Notifications position="bottom-left" zIndex={400} />
      <SlipwayProvider client={client}>
        <QueryClientProvider client={queries}>
          <SessionProvider store={session}>
            <Gate />
          </SessionProvider>
        </QueryClientProvider>
      </SlipwayProvider>
    </MantineProvider>
  );
}
