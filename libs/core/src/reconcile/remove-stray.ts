import { recordAuditEvent } from '../audit/record-audit-event';
import type { FindingKind, Look, SweepDeps } from './finding';

export interface Stray {
  kind: FindingKind;
  key: string;
  projectId: string | null;
  assetId: string | null;
  /** Succeeds where there is nothing left to remove. */
  remove: () => Promise<void>;
}

/**
 * Removes what nobody has a use for. On record first: a removal that then fails is tried again by the next run, while
 * one without a trace could not be explained.
 */
export async function removeStray(
  { principal }: Pick<Look, 'principal'>,
  { kind, key, projectId, assetId, remove }: Stray,
  { db, clock }: Pick<SweepDeps, 'db' | 'clock'>,
): Promise<void> {
  await recordAuditEvent(db.manager, principal, {
    action: 'reconciled',
    at: clock.now(),
    ...(projectId !== null && { projectId }),
    ...(assetId !== null && { assetId }),
    details: { finding: kind },
    personal: { key },
  });
  await remove();
}
