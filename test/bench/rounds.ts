import { median } from './bench-row';

/** Something a server is asked to do many times. */
export interface Work {
  name: string;
  /** Calls in one round: enough for a clock that ticks every 10 ms. */
  calls: number;
  /** What must be there before a round and is not measured. */
  prepare?: (calls: number) => Promise<void>;
  call: (index: number) => Promise<unknown>;
}

export interface Figure {
  /** Calls per second of the clock, with `AT_ONCE` under way. */
  perSecond: number;
  /** Milliseconds of the server's CPU for one call. */
  cpuMs: number;
}

export const AT_ONCE = 8;

/** Runs `call` for 0 to `calls - 1`, a few at a time. */
export async function inParallel(calls: number, call: Work['call']): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < calls) {
      next += 1;
      await call(next - 1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

async function round({ calls, prepare, call }: Work, cpu: () => number): Promise<Figure> {
  await prepare?.(calls);
  const [startedAt, before] = [performance.now(), cpu()];
  await inParallel(calls, call);
  const cpuMs = ((cpu() - before) * 1000) / calls;
  return { perSecond: (calls * 1000) / (performance.now() - startedAt), cpuMs };
}

/**
 * The medians of several rounds, after one that warms up. Works take turns, so that a busy moment of the machine falls
 * on all of them. `cpu` tells the seconds that the server has taken so far. Answers in the order of `works`.
 */
export async function measureInTurns(works: Work[], cpu: () => number, rounds: number): Promise<Figure[]> {
  const figures = works.map(() => [] as Figure[]);
  for (let turn = 0; turn <= rounds; turn += 1) {
    for (const [index, work] of works.entries()) {
      const figure = await round(work, cpu);
      if (turn > 0) figures[index]?.push(figure);
    }
  }
  return figures.map((all) => ({
    perSecond: median(all.map(({ perSecond }) => perSecond)),
    cpuMs: median(all.map(({ cpuMs }) => cpuMs)),
  }));
}
