import { createContext, createElement, type ReactElement, type ReactNode, useContext } from 'react';
import type { Client } from '../client/create-client.js';

const ClientContext = createContext<Client | null>(null);

/** Hands one client to all hooks below it. */
export function SlipwayProvider(props: { client: Client; children?: ReactNode }): ReactElement {
  return createElement(ClientContext.Provider, { value: props.client }, props.children);
}

/** The client given, or the provider's. */
export function useSlipwayClient(given?: Client): Client {
  const provided = useContext(ClientContext);
  const client = given ?? provided;
  if (!client)
    throw new Error('There is no Slipway client: wrap the tree in <SlipwayProvider client={client}>.');
  return client;
}
