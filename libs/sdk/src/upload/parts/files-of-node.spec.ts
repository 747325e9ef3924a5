import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { openAsBlob } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchTransport } from '../fetch-transport.js';
import { expectWhole, largeContent, PARTS, startLarge } from '../../testing/large-upload.js';
import { rejectionOf } from '../../testing/rejection-of.js';
import { withBackend } from '../../testing/with-backend.js';

const backend = withBackend();
const content = largeContent();
let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-sdk-'));
  path = join(folder, 'scan.glb');
  await writeFile(path, content);
});
afterEach(() => rm(folder, { recursive: true }));

test('a file on disk is sent by fetch, in parts, without being read as a whole', async () => {
  const file = await openAsBlob(path);
  const upload = startLarge(
    backend(),
    { file, fileName: 'scan.glb' },
    { transport: fetchTransport((...args) => fetch(...args)) },
  );
  await expectWhole(backend(), upload, content);
  expect(backend().count('PUT')).toBe(PARTS);
});

test('a file that changes while it is sent is file_changed, and the upload is cancelled', async () => {
  const file = await openAsBlob(path);
  backend().fail('PUT', null, null, async (_request, response) => {
    await appendFile(path, 'more');
    response.writeHead(503, { 'retry-after': '0' }).end();
  });
  const { handle } = startLarge(backend(), { file, fileName: 'scan.glb' }, { concurrency: 1 });
  expect(await rejectionOf(handle)).toMatchObject({ name: 'FileError', code: 'file_changed' });
  await handle.abort();
  expect(backend().cancelled).toEqual(['AST-1']);
  expect(backend().assets.size).toBe(0);
});
