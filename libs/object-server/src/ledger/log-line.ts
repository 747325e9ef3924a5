import { crc32 } from 'node:zlib';
import type { Change } from './entry';

const CRC_LENGTH = 8;

const crcOf = (json: string): string => crc32(json).toString(16).padStart(CRC_LENGTH, '0');

/** One set of changes as one line: CRC-32 in hex, a space, JSON. The CRC tells a torn last line from a whole one. */
export function encodeLogLine(changes: readonly Change[]): string {
  const json = JSON.stringify(changes.map(({ key, value }) => (value === null ? [key] : [key, value])));
  return `${crcOf(json)} ${json}\n`;
}

/** Null for a line that was not written to its end. */
export function decodeLogLine(line: string): Change[] | null {
  const json = line.slice(CRC_LENGTH + 1);
  if (line[CRC_LENGTH] !== ' ' || crcOf(json) !== line.slice(0, CRC_LENGTH)) return null;
  const rows = JSON.parse(json) as [string, unknown?][];
  return rows.map(([key, value]) => ({ key, value: value ?? null }));
}
