import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from './manifest';

export const logPath = (folder: string, number: number): string => join(folder, `${number}.log`);

export const tablePath = (folder: string, number: number): string => join(folder, `${number}.table`);

/** Removes what the manifest does not name and returns the numbers of the live logs, oldest first. */
export async function removeLeftovers(folder: string, manifest: Manifest): Promise<number[]> {
  const logs: number[] = [];
  for (const name of await readdir(folder)) {
    const number = Number.parseInt(name, 10);
    const isLiveLog = name.endsWith('.log') && number >= manifest.firstLog;
    const isLiveTable = name.endsWith('.table') && manifest.tables.includes(number);
    if (isLiveLog) logs.push(number);
    else if (!isLiveTable && name !== 'manifest.json') await rm(join(folder, name), { force: true });
  }
  return logs.sort((a, b) => a - b);
}
