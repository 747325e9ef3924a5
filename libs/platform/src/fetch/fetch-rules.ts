import { lookup } from 'node:dns/promises';
import { isGlobalAddress } from './global-address';
import type { HostRule } from './host-rule';

export interface ResolvedAddress {
  address: string;
  family: number;
}

export interface FetchRules {
  /** None: nothing may be fetched. */
  hosts: readonly HostRule[];
  allowHttp: boolean;
  maxBytes: number;
  /** From the first look-up to the last byte, redirects included. Milliseconds. */
  totalMs: number;
  /** Without a byte. Milliseconds. */
  idleMs: number;
  /** For tests: which addresses may be asked, and how names become addresses. */
  network?: FetchNetwork;
}

export interface FetchNetwork {
  isAllowed: (address: string) => boolean;
  /** All addresses of a name. */
  resolve: (host: string) => Promise<ResolvedAddress[]>;
}

export const PUBLIC_INTERNET: FetchNetwork = {
  isAllowed: isGlobalAddress,
  resolve: (host) => lookup(host, { all: true }),
};
