import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { checkTarget } from './check-target';
import { FetchRefusal, unreachable } from './fetch-refusal';
import type { FetchRules } from './fetch-rules';
import { requestTarget } from './request-target';

export interface FetchedFile {
  /** Where it was in the end. */
  url: URL;
  /** As the host called it; null where it did not. */
  contentType: string | null;
  /** Ends with `FetchRefusal`, or the signal's reason, when it does not come whole. */
  body: Readable;
}

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches a file from the public internet for somebody who is not trusted: only from hosts of the rules, never from an
 * address of this machine or network, each redirect judged as if it had been asked for. OWASP, Server-Side Request
 * Forgery Prevention Cheat Sheet, case 2. The body is there for as long as `use` runs.
 * Throws `FetchRefusal`, or the signal's reason.
 */
export async function safeFetch<Result>(
  address: URL,
  { rules, signal }: { rules: FetchRules; signal?: AbortSignal | undefined },
  use: (file: FetchedFile) => Promise<Result>,
): Promise<Result> {
  const timeUp = AbortSignal.timeout(rules.totalMs);
  const stop = signal ? AbortSignal.any([signal, timeUp]) : timeUp;
  const tooSlow = (error: unknown): Error =>
    timeUp.aborted && !signal?.aborted
      ? new FetchRefusal('too_slow', 'The file took too long to come.', { cause: error })
      : (error as Error);
  const { url, answer } = await follow(address, { rules, stop }).catch((error: unknown) => {
    throw tooSlow(error);
  });
  try {
    assertFile(answer, rules);
    const contentType = answer.headers['content-type'] ?? null;
    const body = Readable.from(atMost(answer, { rules, stop, tooSlow }));
    return await use({ url, contentType, body });
  } finally {
    answer.destroy();
  }
}

interface Hop {
  rules: FetchRules;
  stop: AbortSignal;
}

async function follow(address: URL, { rules, stop }: Hop): Promise<{ url: URL; answer: IncomingMessage }> {
  let url = address;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const target = await beforeStop(checkTarget(url, rules), stop);
    const answer = await requestTarget(target, { idleMs: rules.idleMs, signal: stop });
    if (!REDIRECTS.has(answer.statusCode ?? 0)) return { url, answer };
    answer.destroy();
    url = nextUrl(answer, url);
  }
  throw new FetchRefusal('bad_answer', `The address leads on more than ${MAX_REDIRECTS} times.`);
}

/** A look-up cannot be stopped, but need not be waited for. */
function beforeStop<Result>(work: Promise<Result>, stop: AbortSignal): Promise<Result> {
  stop.throwIfAborted();
  return new Promise((resolve, reject) => {
    const give = () => reject(stop.reason as Error);
    stop.addEventListener('abort', give, { once: true });
    work.then(resolve, reject).finally(() => stop.removeEventListener('abort', give));
  });
}

function nextUrl({ headers }: IncomingMessage, from: URL): URL {
  const { location = '' } = headers;
  if (location !== '' && URL.canParse(location, from.href)) return new URL(location, from);
  throw new FetchRefusal('bad_answer', 'The address leads on to nowhere.');
}

const tooLarge = (maxBytes: number) =>
  new FetchRefusal('too_large', `The file has more than ${maxBytes} bytes.`);

function assertFile({ statusCode, headers }: IncomingMessage, { maxBytes }: FetchRules): void {
  // The host's own trouble, which may pass.
  if (statusCode === 429 || (statusCode ?? 0) >= 500) {
    throw new FetchRefusal('unreachable', `The host answered ${statusCode ?? ''}.`);
  }
  if (statusCode !== 200)
    throw new FetchRefusal('bad_answer', `The host answered ${statusCode ?? 'nothing'}.`);
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw new FetchRefusal('bad_answer', 'The host sent the file compressed, which it was asked not to do.');
  }
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
}

async function* atMost(
  answer: IncomingMessage,
  { rules: { maxBytes }, stop, tooSlow }: Hop & { tooSlow: (error: unknown) => Error },
): AsyncGenerator<Buffer> {
  let bytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(maxBytes);
      yield chunk;
    }
  } catch (error) {
    if (stop.aborted) throw tooSlow(stop.reason);
    throw error instanceof FetchRefusal ? error : unreachable(error);
  }
}
