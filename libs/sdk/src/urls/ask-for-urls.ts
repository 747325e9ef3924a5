import type { Connection } from '../client/connection.js';
import type { SignedUrl } from '../client/wire.js';
import { ApiError } from '../errors/api-error.js';
import type { ApiErrorCode } from '../errors/error-codes.js';
import type { AskedUrl } from './asked-url.js';

/** As many as the API takes at once. */
const MOST = 100;

type Answer = SignedUrl | { code: ApiErrorCode; reason?: string };

const isAssetId = (ref: string): boolean => ref.startsWith('AST-');

/** Settles all of them: one by its own route, several by one call for each kind. */
export function askForUrls(connection: Connection, all: AskedUrl[]): void {
  const kinds = new Map<string, AskedUrl[]>();
  for (const asked of all) {
    const kind = `${isAssetId(asked.ref)} ${asked.purpose} ${asked.rendition}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), asked]);
  }
  for (const kind of kinds.values())
    for (let from = 0; from < kind.length; from += MOST) void ask(connection, kind.slice(from, from + MOST));
}

async function ask(connection: Connection, batch: AskedUrl[]): Promise<void> {
  try {
    const answers = await answersTo(connection, batch);
    for (const [place, asked] of batch.entries()) settle(asked, answers[place]);
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

async function answersTo(connection: Connection, batch: AskedUrl[]): Promise<Answer[]> {
  const [{ ref, purpose, rendition } = batch[0]!] = batch;
  const post = (path: string, body: object) =>
    connection.request<{ data: Answer[] }>(path, { method: 'POST', body, repeatable: true });
  if (!isAssetId(ref))
    return (await post('/private/signed-urls', { refs: batch.map((one) => one.ref) })).data;
  if (batch.length > 1 || rendition)
    return (await post('/assets/access-urls', { ids: batch.map((one) => one.ref), purpose, rendition })).data;
  const path = `/assets/${encodeURIComponent(ref)}/access-url`;
  return [await connection.request<SignedUrl>(path, { method: 'POST', body: { purpose }, repeatable: true })];
}

function settle({ resolve, reject }: AskedUrl, answer: Answer | undefined): void {
  if (answer && 'url' in answer) return resolve(answer);
  const problem = answer ?? { code: 'not_found' as const };
  reject(new ApiError(problem.code === 'not_found' ? 404 : 403, problem));
}
