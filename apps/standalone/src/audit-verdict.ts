import type { AuditGuards } from '@slipway/core/audit/audit-guards';
import type { AuditVerdict } from '@slipway/core/audit/verify-audit';

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** Longer than the sealing of every minute may be late. */
const LATE_MS = 10 * 60 * 1000;

function warnings({ ownsTables, triggersOff }: AuditGuards, verdict: AuditVerdict, now: Date): string[] {
  const { oldestUnsealedAt } = verdict;
  return [
    ...(ownsTables
      ? [
          'The role of DATABASE_URL owns the audit tables, so that whoever has its password can switch their guards off. Give the tables to another role with DATABASE_OWNER_URL (docs/AUDIT.md).',
        ]
      : []),
    ...triggersOff.map((name) => `The trigger ${name} is missing or off.`),
    ...(oldestUnsealedAt !== null && now.getTime() - oldestUnsealedAt.getTime() > LATE_MS
      ? [`Nothing has been sealed since ${oldestUnsealedAt.toISOString()}: does a worker run?`]
      : []),
  ];
}

/** The report for people, ending with a line break. */
export function formatVerdict(
  verdict: AuditVerdict,
  { guards, anchors, now }: { guards: AuditGuards; anchors: boolean; now: Date },
): string {
  const { fault, unsealed, erased } = verdict;
  const checked = `${counted(verdict.events, 'event')} under ${counted(verdict.seals, 'seal')}`;
  const found = fault
    ? [`BROKEN: ${fault.told}`, `Before that, ${checked} are as they were sealed.`]
    : [`${checked} are as they were sealed.`];
  return [
    ...found,
    ...(erased > 0 ? [`Personal data erased: of ${counted(erased, 'event')}.`] : []),
    ...(anchors && !fault ? [`Anchors in the bucket that agree: ${verdict.anchors}.`] : []),
    ...(unsealed > 0 ? [`Not under a seal yet, and not checked: ${counted(unsealed, 'event')}.`] : []),
    ...warnings(guards, verdict, now).map((warning) => `Warning: ${warning}`),
    '',
  ].join('\n');
}
