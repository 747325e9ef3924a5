import type { AuditFacts } from '../shared/audit-writer';
import type { Deps } from '../shared/deps';
import type { DomainError, ErrorCode } from '../shared/errors';
import type { Principal } from '../shared/principal';

/** Failures that mean "not you" or "not now", and not that the call was faulty. */
const DENIALS: ReadonlySet<ErrorCode> = new Set([
  'not_found',
  'forbidden',
  'asset_withheld',
  'project_archived',
  'email_unverified',
]);

/** One thing that was asked for, by whatever the client called it. */
export interface Attempt {
  /** What was called: `GET /api/assets/:id`. */
  route: string;
  error: DomainError;
  /** As the client named them; what has no id's form is not kept, since anything may be asked for. */
  assetId?: string | undefined;
  projectId?: string | undefined;
}

const ID = /^[A-Z]{3}-[0-9A-Z]{26}$/;
const idOrNothing = (id: string | undefined): string | undefined => (id && ID.test(id) ? id : undefined);

function factsOf({ route, error, assetId, projectId }: Attempt, at: Date): AuditFacts & { reason: string } {
  const [asset, project] = [idOrNothing(assetId), idOrNothing(projectId)];
  return {
    action: 'denied',
    at,
    reason: error.code,
    ...(asset !== undefined && { assetId: asset }),
    ...(project !== undefined && { projectId: project }),
    details: { route },
  };
}

/** Puts those of the failures on record that are denials, whatever they were about: what is there and what never was. */
export async function recordDenials(
  principal: Principal,
  attempts: readonly Attempt[],
  deps: Pick<Deps, 'audit' | 'clock'>,
): Promise<void> {
  const at = deps.clock.now();
  const denied = attempts.filter(({ error }) => DENIALS.has(error.code));
  await Promise.all(denied.map((attempt) => deps.audit.recordRefusal(principal, factsOf(attempt, at))));
}
