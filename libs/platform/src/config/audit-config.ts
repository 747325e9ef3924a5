import type { Environment } from './environment';
import { decimalNumber, wholeNumber } from './formats';

export interface AuditConfig {
  /** Days for which the storage is asked to keep an anchor, whoever wants it gone; null: it is not asked. */
  anchorLockDays: number | null;
  windowMinutes: number;
  manyDenials: number;
  massAccess: number;
}

const count = wholeNumber({ min: 1, max: 1_000_000 });

export const auditVariables = {
  anchorLockDays: {
    name: 'AUDIT_ANCHOR_LOCK_DAYS',
    format: wholeNumber({ min: 1, max: 36_500 }),
    unset: 'anchors are written without a lock',
    doc: 'How long the storage keeps an anchor of the audit trail under object lock (compliance mode), where it has that.',
  },
  windowMinutes: {
    name: 'AUDIT_WINDOW_MINUTES',
    format: decimalNumber({ min: 1, max: 24 * 60 }),
    default: '10',
    doc: 'The stretch of time that the two rules below look at.',
  },
  manyDenials: {
    name: 'AUDIT_MANY_DENIALS',
    format: count,
    default: '50',
    doc: 'So many refusals of one caller, or from one address, are an anomaly.',
  },
  massAccess: {
    name: 'AUDIT_MASS_ACCESS',
    format: count,
    default: '500',
    doc: 'So many assets opened by one caller are an anomaly.',
  },
};

export const readAudit = (environment: Environment): AuditConfig => ({
  anchorLockDays: environment.optional(auditVariables.anchorLockDays) ?? null,
  windowMinutes: environment.withDefault(auditVariables.windowMinutes),
  manyDenials: environment.withDefault(auditVariables.manyDenials),
  massAccess: environment.withDefault(auditVariables.massAccess),
});
