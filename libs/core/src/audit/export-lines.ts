import type { AuditEvent } from './audit-event.entity';
import { type ExportedEvent, toExportedEvent } from './exported-event';

export const EXPORT_FORMATS = ['ndjson', 'csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const COLUMNS: [name: string, cell: (event: ExportedEvent) => string | null][] = [
  ['id', ({ id }) => id],
  ['at', ({ at }) => at],
  ['action', ({ action }) => action],
  ['actor_kind', ({ actor }) => actor.kind],
  ['actor_id', ({ actor }) => actor.id],
  ['project_id', (event) => event.project_id],
  ['asset_id', (event) => event.asset_id],
  ['ip', ({ ip }) => ip],
  ['user_agent', (event) => event.user_agent],
  ['request_id', (event) => event.request_id],
  ['result', ({ result }) => result],
  ['reason', ({ reason }) => reason],
  ['details', ({ details }) => JSON.stringify(details)],
  ['erased', ({ erased }) => String(erased)],
];

/** What a spreadsheet takes for a formula, or for the way to one (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r\n]/;

/** RFC 4180; a value that a spreadsheet would run has an apostrophe before it. */
export function csvCell(value: string | null): string {
  if (value === null) return '';
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const csvLine = (cells: (string | null)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

const HEADS: Record<ExportFormat, string> = { ndjson: '', csv: csvLine(COLUMNS.map(([name]) => name)) };

const LINES: Record<ExportFormat, (event: ExportedEvent) => string> = {
  ndjson: (event) => `${JSON.stringify(event)}\n`,
  csv: (event) => csvLine(COLUMNS.map(([, cell]) => cell(event))),
};

/** Text is passed on in pieces of about this many characters. */
const PIECE = 16 * 1024;

/** The export of `events`, in pieces, as they are read. */
export async function* exportLines(
  events: AsyncIterable<AuditEvent>,
  format: ExportFormat,
): AsyncGenerator<string> {
  let piece = HEADS[format];
  for await (const event of events) {
    piece += LINES[format](toExportedEvent(event));
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
