import type { BenchRow } from './bench-row';

const HEAD = ['what', 'figure', 'unit', 'against', 'ratio', 'target'];

/** Three digits are as much as a repeated run gives again. */
const short = (value: number): string =>
  value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));

const cellsOf = ({ name, value, unit, baseline, ratio, target }: BenchRow): string[] => [
  name,
  short(value),
  unit,
  baseline ?? '',
  ratio === undefined ? '' : `${short(ratio)} ×`,
  target === undefined ? '' : `${target.is}: ${target.met ? 'ok' : 'missed'}`,
];

/** A Markdown table that can be read as it is, too. */
export function formatTable(rows: BenchRow[]): string {
  const cells = [HEAD, ...rows.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  return [line(HEAD), rule, ...rows.map((row) => line(cellsOf(row)))].join('\n');
}
