import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { Asset } from '@slipway/sdk';
import { SlipwayProvider } from '@slipway/sdk/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import { AccountPage } from '../features/account/account-page';
import { SessionProvider, useSession } from '../features/account/session-context';
import { putAssets } from '../features/assets/asset-queries';
import { UploadsProvider } from '../features/uploads/uploads-context';
import { router } from './router';
import { client, queries, session } from './services';
import { cssVariables, theme } from './theme';

const showUploaded = (asset: Asset) => putAssets(queries, asset.project_id, [asset]);

/** Everything below belongs to one person: when another signs in, nothing of the first one's is left. */
function Gate({ children }: { children: ReactNode }) {
  const { current } = useSession();
  const userId = current?.user.id ?? null;
  useEffect(() => {
    if (userId === null) return;
    return () => {
      queries.clear();
      client.signedUrls.clear();
    };
  }, [userId]);
  return (
    <UploadsProvider userId={userId} onUploaded={showUploaded}>
      {current ? children : <AccountPage />}
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
            <Gate>
              <RouterProvider router={router} />
            </Gate>
          </SessionProvider>
        </QueryClientProvider>
      </SlipwayProvider>
    </MantineProvider>
  );
}
