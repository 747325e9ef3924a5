import type { AuditVerdict } from '@slipway/core/audit/verify-audit';
import { formatVerdict } from './audit-verdict';

const whole: AuditVerdict = {
  fault: null,
  seals: 3,
  events: 12,
  erased: 0,
  anchors: 0,
  unsealed: 0,
  oldestUnsealedAt: null,
};
const guards = { ownsTables: false, triggersOff: [] };
const now = new Date('2026-02-03T04:20:00Z');

const told = (verdict: Partial<AuditVerdict>, more: Partial<Parameters<typeof formatVerdict>[1]> = {}) =>
  formatVerdict({ ...whole, ...verdict }, { guards, anchors: false, now, ...more }).split('\n');

test('a whole chain is told in one line', () => {
  expect(told({})).toEqual(['12 events under 3 seals are as they were sealed.', '']);
});

test('with what was erased, what agrees and what waits', () => {
  expect(told({ erased: 1, anchors: 2, unsealed: 1, oldestUnsealedAt: now }, { anchors: true })).toEqual([
    '12 events under 3 seals are as they were sealed.',
    'Personal data erased: of 1 event.',
    'Anchors in the bucket that agree: 2.',
    'Not under a seal yet, and not checked: 1 event.',
    '',
  ]);
});

test('a broken one begins with what is broken', () => {
  const fault = {
    kind: 'event_changed',
    eventId: 'AUD-1',
    seal: 1,
    told: 'Event AUD-1 was changed.',
  } as const;
  expect(told({ fault, seals: 0, events: 0 })).toEqual([
    'BROKEN: Event AUD-1 was changed.',
    'Before that, 0 events under 0 seals are as they were sealed.',
    '',
  ]);
});

test('what weakens the check is told', () => {
  const weak = { ownsTables: true, triggersOff: ['audit_seals_stay'] };
  const oldestUnsealedAt = new Date('2026-02-03T04:05:06Z');
  expect(told({ unsealed: 2, oldestUnsealedAt }, { guards: weak }).slice(1)).toEqual([
    'Not under a seal yet, and not checked: 2 events.',
    expect.stringMatching(/^Warning: The role of DATABASE_URL owns the audit tables/),
    'Warning: The trigger audit_seals_stay is missing or off.',
    'Warning: Nothing has been sealed since 2026-02-03T04:05:06.000Z: does a worker run?',
    '',
  ]);
});
