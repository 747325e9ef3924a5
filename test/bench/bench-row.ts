/** One measured figure of `npm run bench`. */
export interface BenchRow {
  name: string;
  value: number;
  unit: string;
  /** What it is compared with, measured in the same run. */
  baseline?: string;
  /** The figure divided by the baseline's. */
  ratio?: number;
  /** What the product promises of it. A missed one is shown; it does not fail the run. */
  target?: { is: string; met: boolean };
}

export const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

export const atLeast = (value: number, least: number, unit = ''): BenchRow['target'] => ({
  is: `≥ ${least}${unit}`,
  met: value >= least,
});

export const below = (value: number, limit: number, unit = ''): BenchRow['target'] => ({
  is: `< ${limit}${unit}`,
  met: value < limit,
});
