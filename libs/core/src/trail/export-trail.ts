import { type ExportFormat, exportLines } from '../audit/export-lines';
import { streamAuditEvents } from '../audit/find-audit-events';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import type { TrailQuery } from './read-trail';
import { openScope } from './scope';

/**
 * The same as text, all of it, read as it is taken. That so much was taken out is on record before the first piece.
 * Fails, before any piece, as `readTrail` does.
 */
export async function exportTrail(
  principal: Principal,
  { scope, filter, format }: TrailQuery & { format: ExportFormat },
  deps: Pick<Deps, 'db' | 'audit' | 'clock'>,
): Promise<AsyncGenerator<string>> {
  const within = await openScope(principal, scope, deps);
  const { projectId, assetId } = within;
  await deps.audit.recordGrant(principal, {
    action: 'audit_exported',
    at: deps.clock.now(),
    ...(projectId !== undefined && { projectId }),
    ...(assetId !== undefined && { assetId }),
    details: { format },
  });
  return exportLines(streamAuditEvents(deps.db, { ...filter, ...within }), format);
}
