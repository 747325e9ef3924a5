import type { Probe, ProbeContext } from './probe';

export interface Finding extends Omit<Probe, 'ask'> {
  answer: 'yes' | 'no' | 'unknown';
  /** Why it is unknown; null otherwise. */
  reason: string | null;
}

const PATIENCE_MS = 20_000;

/** Rejects when nothing came of it in time; the requests inside have shorter limits of their own. */
export async function inTime<Found>(work: Promise<Found>, patienceMs: number): Promise<Found> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${patienceMs / 1000} s`)), patienceMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** `fetch` hides what happened one level down; the SDK has the code in the name. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { name, message, cause } = error;
  const told = name === 'Error' || name === 'TypeError' ? message : `${name}: ${message}`;
  return cause instanceof Error
    ? `${told} (${cause.message || (cause as NodeJS.ErrnoException).code})`
    : told;
}

async function askOne(
  { ask, ...described }: Probe,
  context: ProbeContext,
  patienceMs: number,
): Promise<Finding> {
  try {
    const answer = (await inTime(ask(context), patienceMs)) ? 'yes' : 'no';
    return { ...described, answer, reason: null };
  } catch (error) {
    return { ...described, answer: 'unknown', reason: reasonOf(error) };
  }
}

/**
 * Asks one after the other. The first is what the others build on: where it is not a "yes", their refusals would prove
 * nothing, so they stay unknown.
 */
export async function askProbes(
  [first, ...others]: readonly [Probe, ...Probe[]],
  context: ProbeContext,
  patienceMs = PATIENCE_MS,
): Promise<Finding[]> {
  const findings = [await askOne(first, context, patienceMs)];
  const reason = `not asked, since "${first.what}" does not hold`;
  const holds = findings[0]?.answer === 'yes';
  for (const probe of others) {
    const { ask: _, ...described } = probe;
    findings.push(
      holds ? await askOne(probe, context, patienceMs) : { ...described, answer: 'unknown', reason },
    );
  }
  return findings;
}

/** Safe is what was shown: a requirement that could not be asked is not. */
export const isSafe = (findings: readonly Finding[]): boolean =>
  findings.every(({ need, answer }) => need === 'capability' || answer === 'yes');
