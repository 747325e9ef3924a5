import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { CheckedTarget } from './check-target';
import { FetchRefusal, unreachable } from './fetch-refusal';

/** Answers with what was checked, so that a name which has another address by now is of no use. */
const pinned =
  ({ addresses }: CheckedTarget): LookupFunction =>
  (_host, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, addresses);
    else callback(null, first?.address ?? '', first?.family);
  };

const HEADERS = {
  accept: '*/*',
  // What is not compressed cannot grow beyond what came over the line.
  'accept-encoding': 'identity',
  'user-agent': 'Slipway',
};

const silent = () => new FetchRefusal('too_slow', 'The host was silent for too long.');

/** One GET, on a connection of its own; follows nothing. Throws `FetchRefusal`, or the signal's reason. */
export function requestTarget(
  target: CheckedTarget,
  { idleMs, signal }: { idleMs: number; signal: AbortSignal },
): Promise<IncomingMessage> {
  const { url } = target;
  const options: RequestOptions = { headers: HEADERS, lookup: pinned(target), agent: false, signal };
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options);
    let answer: IncomingMessage | undefined;
    request.setTimeout(idleMs, () => (answer ?? request).destroy(silent()));
    request.on('error', (error) => {
      if (signal.aborted) reject(signal.reason as Error);
      else reject(error instanceof FetchRefusal ? error : unreachable(error));
    });
    request.on('response', (response) => {
      answer = response;
      // Until somebody reads it nobody else listens, and an error without a listener ends the process.
      response.on('error', () => undefined);
      resolve(response);
    });
    request.end();
  });
}
