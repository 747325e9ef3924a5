import { askProbes, isSafe, type Finding } from './ask-probes';
import { formatFindings } from './format-findings';
import type { Probe, ProbeContext } from './probe';

// These probes ask nobody.
const context = {} as ProbeContext;

const probe = (name: string, ask: Probe['ask'], need: Probe['need'] = 'required'): Probe => ({
  name,
  what: `${name} holds`,
  need,
  consequence: `${name} is missed`,
  ask,
});

const first = probe('first', async () => true);
const answersOf = (findings: Finding[]): string[] => findings.map(({ answer }) => answer);

describe('The check of a storage', () => {
  it('takes a failure and a silence for no answer, and goes on', async () => {
    const findings = await askProbes(
      [
        first,
        probe('broken', () => Promise.reject(new Error('503 SlowDown'))),
        probe('silent', () => new Promise(() => undefined)),
        probe('last', async () => false),
      ],
      context,
      20,
    );
    expect(answersOf(findings)).toEqual(['yes', 'unknown', 'unknown', 'no']);
    expect(findings.map(({ reason }) => reason)).toEqual([
      null,
      '503 SlowDown',
      'No answer within 0.02 s',
      null,
    ]);
  });

  it('proves nothing by refusals where the right upload is refused as well', async () => {
    const findings = await askProbes(
      [probe('first', async () => false), probe('refusal', async () => true)],
      context,
    );
    expect(answersOf(findings)).toEqual(['no', 'unknown']);
    expect(isSafe(findings)).toBe(false);
  });

  it.each([
    ['required', false, false],
    ['capability', false, true],
    ['required', true, true],
  ] as const)('with a %s answered %p, safe is %p', async (need, answer, safe) => {
    expect(isSafe(await askProbes([first, probe('other', async () => answer, need)], context))).toBe(safe);
  });

  it('does not call safe what could not be asked', async () => {
    const findings = await askProbes([first, probe('other', () => Promise.reject(new Error('no')))], context);
    expect(isSafe(findings)).toBe(false);
  });

  it('prints each answer, and what follows from each that is not a yes', async () => {
    const findings = await askProbes([first, probe('other', async () => false, 'capability')], context);
    expect(formatFindings(findings).split('\n')).toEqual([
      '  yes  first holds (required)',
      '  no   other holds',
      '',
      'What follows from it:',
      '',
      '  other holds: no',
      '    → other is missed',
      '',
      'Safe to use: everything required is there.',
      '',
    ]);
  });
});
