import { residentMegabytes } from '../process-usage';

const EVERY_MS = 100;

/** The most memory that processes had while something was done; by name, in MB. */
export async function peakMemory<Name extends string, Result>(
  pids: Record<Name, number>,
  work: () => Promise<Result>,
): Promise<{ result: Result; peak: Record<Name, number>; before: Record<Name, number> }> {
  const names = Object.keys(pids) as Name[];
  const look = (): Record<Name, number> =>
    Object.fromEntries(names.map((name) => [name, residentMegabytes(pids[name])])) as Record<Name, number>;
  const before = look();
  const peak = { ...before };
  const timer = setInterval(() => {
    const now = look();
    for (const name of names) peak[name] = Math.max(peak[name], now[name]);
  }, EVERY_MS);
  try {
    return { result: await work(), peak, before };
  } finally {
    clearInterval(timer);
  }
}
