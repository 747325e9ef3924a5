import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileDurably } from '../files/write-file-durably';

/** Which files make up the ledger. Whatever else lies in the folder is left over from a crash. */
export interface Manifest {
  /** Numbers of the table files, newest first. */
  tables: number[];
  /** The log with this number and all later ones hold what the tables do not. */
  firstLog: number;
  /** Numbers below this one have been used. */
  nextNumber: number;
}

const manifestPath = (folder: string): string => join(folder, 'manifest.json');

export function readManifest(folder: string): Manifest {
  const path = manifestPath(folder);
  if (!existsSync(path)) return { tables: [], firstLog: 1, nextNumber: 2 };
  return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
}

export function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  return writeFileDurably(manifestPath(folder), JSON.stringify(manifest));
}
