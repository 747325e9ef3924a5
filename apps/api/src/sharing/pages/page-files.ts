import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface PageFile {
  name: string;
  contentType: string;
  body: Buffer;
  /** Changes with every change of the file. */
  version: string;
}

/** Not among the sources, which are compiled for the server; the build copies it as it is (nest-cli.json). */
const FOLDER = join(__dirname, '../../../pages');

function readPageFile(name: string, contentType: string): PageFile {
  const body = readFileSync(join(FOLDER, name));
  return { name, contentType, body, version: createHash('sha256').update(body).digest('hex').slice(0, 12) };
}

export const STYLE = readPageFile('page.css', 'text/css; charset=utf-8');
export const SCRIPT = readPageFile('page.js', 'text/javascript; charset=utf-8');

/** From a page one folder down, wherever the server itself is. */
export const addressOf = ({ name, version }: PageFile): string => `../pages/${name}?v=${version}`;
