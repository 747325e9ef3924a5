import { DomainError } from '../shared/errors';

type Scope = 'user' | 'project';
type Kind = 'bytes' | 'files';
type Figure = 'used' | 'reserved' | 'limit' | 'requested';

/** Which limit is in the way; PostgreSQL sends `bigint` as text. */
export type Exceeded = { scope: Scope; kind: Kind } & Record<Figure, string>;

export function quotaExceeded(
  { scope, kind, used, reserved, limit, requested }: Exceeded,
  messages: Record<`${Scope} ${Kind}`, string>,
): DomainError {
  return new DomainError('quota_exceeded', messages[`${scope} ${kind}`], {
    facts: {
      scope,
      kind,
      used: Number(used),
      reserved: Number(reserved),
      limit: Number(limit),
      requested: Number(requested),
    },
  });
}
