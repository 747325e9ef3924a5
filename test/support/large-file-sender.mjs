// A program that sends a large file with the SDK, as somebody would write it for Node; what it remembers of unfinished
// uploads is in a file. Its argument is `{ baseUrl, token, projectId, path, memory, dieAfter }`: of the parts after the
// first `dieAfter` it hears no more, until it is killed. Prints the number of each part that the storage has taken, and
// at the end the asset's id.
import { openAsBlob } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { createClient } from '../../libs/sdk/dist/index.js';

const { baseUrl, token, projectId, path, memory, dieAfter } = JSON.parse(process.argv[2]);

const say = (line) => process.stdout.write(`${line}\n`);

const readRecords = async () => JSON.parse(await readFile(memory, 'utf8').catch(() => '{}'));
const writeRecords = (records) => writeFile(memory, JSON.stringify(records));
const resumeStore = {
  get: async (key) => (await readRecords())[key],
  set: async (record) => writeRecords({ ...(await readRecords()), [record.key]: record }),
  delete: async (key) => writeRecords({ ...(await readRecords()), [key]: undefined }),
  list: async () => Object.values(await readRecords()),
};

let begun = 0;
async function watchedFetch(input, init) {
  const part = /[?&]partNumber=(\d+)/.exec(input)?.[1];
  if (part === undefined) return fetch(input, init);
  begun += 1;
  if (begun > dieAfter) return new Promise(() => {});
  const response = await fetch(input, init);
  say(`part ${part} ${response.status}`);
  return response;
}

const client = createClient({ baseUrl, getToken: () => token, fetch: watchedFetch, resumeStore });
const { mtimeMs } = await stat(path);
const file = new File([await openAsBlob(path)], basename(path), { lastModified: mtimeMs });
const asset = await client.uploadFile({ projectId, file });
say(`asset ${asset.id}`);
