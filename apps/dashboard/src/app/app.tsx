import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { SlipwayProvider } from '@slipway/sdk/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { SessionProvider } from '../features/account/session-context';
import { Gate } from './gate';
import { client, queries, session } from './services';
import { styleNonce } from './style-nonce';
import { cssVariables, theme } from './theme';

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={styleNonce}
    >
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
