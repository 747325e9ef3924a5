import type { ReconcileRun } from '@slipway/core/reconcile/reconcile-run.entity';
import { countLeft, Examples, formatRun } from './format-run';

const run = (told: Partial<ReconcileRun>): ReconcileRun => ({
  id: 'RUN-1',
  startedAt: new Date(0),
  finishedAt: new Date(1),
  dryRun: false,
  objects: 12,
  found: {},
  repaired: {},
  failed: {},
  error: null,
  ...told,
});

test('a bucket that agrees is told in one line', () => {
  const told = formatRun(run({}), new Examples());
  expect(told).toBe('12 objects compared with the database.\n\nBucket and database agree.\n');
});

test('each kind has its counts, what it means, the first examples, and how many more there are', () => {
  const examples = new Examples();
  for (let index = 0; index < 5; index += 1) {
    const error = index === 1 ? new Error('refused') : undefined;
    const facts = { key: `projects/${index}` };
    examples.add({ kind: 'stray_object', facts, repair: null }, { repaired: false, error });
  }
  const counts = { found: { stray_object: 5 }, repaired: { stray_object: 4 }, failed: { stray_object: 1 } };
  expect(formatRun(run(counts), examples).split('\n')).toEqual([
    '12 objects compared with the database.',
    '',
    '                         found  repaired    failed',
    '  stray_object               5         4         1',
    '      objects of uploads that ended, and of deleted assets; removed',
    '      key=projects/0',
    '      key=projects/1 (refused)',
    '      key=projects/2',
    '      … and 2 more',
    '',
    '1 of these could not be repaired.',
    '',
  ]);
});

test.each([
  [{ found: { stray_object: 2 }, repaired: { stray_object: 2 } }, 0, 'All of it was repaired.'],
  [
    { found: { stray_object: 2, missing_object: 1 }, repaired: { stray_object: 2 } },
    1,
    '1 of these could not',
  ],
  [{ found: { stray_object: 2 }, dryRun: true }, 2, 'Nothing was changed. To repair: npm run reconcile'],
])('of %j there are %d left, and that is what is said', (told, left, verdict) => {
  expect(countLeft(run(told))).toBe(left);
  expect(formatRun(run(told), new Examples())).toContain(verdict);
});
