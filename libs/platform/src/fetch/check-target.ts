import { isIP } from 'node:net';
import { FetchRefusal, unreachable } from './fetch-refusal';
import { type FetchRules, PUBLIC_INTERNET, type ResolvedAddress } from './fetch-rules';
import { allowsHost } from './host-rule';

/** A URL that may be fetched, and where that is: the connection is made to these addresses, whatever a name says later. */
export interface CheckedTarget {
  url: URL;
  addresses: ResolvedAddress[];
}

const notAllowed = (message: string) => new FetchRefusal('not_allowed', message);

/** Throws `FetchRefusal` (`not_allowed`) for what the rules do not let be asked for, before anything is looked up. */
export function assertAllowed(url: URL, { hosts, allowHttp }: FetchRules): void {
  if (url.protocol !== 'https:' && !(allowHttp && url.protocol === 'http:')) {
    throw notAllowed(allowHttp ? 'Only http and https are fetched.' : 'Only https is fetched.');
  }
  if (url.username !== '' || url.password !== '') {
    throw notAllowed('An address with a user name or a password is not fetched.');
  }
  if (!allowsHost(url, hosts)) throw notAllowed('This host is not one that files are fetched from.');
}

/** `[::1]` → `::1` */
const unbracketed = (hostname: string): string => hostname.replace(/^\[(.*)\]$/, '$1');

/**
 * Looks up every address of the URL's host and lets none pass that is not of the public internet: one of ours among
 * them would be enough, since nobody knows which is tried first. Addresses in the URL itself are judged as well, in any
 * spelling; `URL` has made them plain.
 * Throws `FetchRefusal` (`not_allowed`, `unreachable`).
 */
export async function checkTarget(url: URL, rules: FetchRules): Promise<CheckedTarget> {
  assertAllowed(url, rules);
  const { isAllowed, resolve } = rules.network ?? PUBLIC_INTERNET;
  const host = unbracketed(url.hostname);
  const family = isIP(host);
  const addresses =
    family === 0
      ? await resolve(host).catch((cause: unknown) => {
          throw unreachable(cause);
        })
      : [{ address: host, family }];
  if (addresses.length === 0 || !addresses.every(({ address }) => isAllowed(address))) {
    throw unreachable(new Error(`${host} is not of the public internet`));
  }
  return { url, addresses };
}
