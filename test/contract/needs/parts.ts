import { buffer } from 'node:stream/consumers';
import { inLanes } from '@slipway/core/shared/in-lanes';
import type { MultipartUpload, StoredPart } from '@slipway/platform/object-store/object-store';
import { sendRequest, type Answer } from '../../support/send-request';
import {
  inFifteenMinutes,
  md5,
  md5Hex,
  sha256,
  type ContractContext,
  type UseContext,
} from '../contract-context';

/** S3's least size of every part but the last. */
const first = Buffer.alloc(5 * 1024 * 1024, 'first part ');
const last = Buffer.from('the rest');
const contentType = 'model/gltf-binary';

interface Part {
  partNumber: number;
  body: Buffer;
}

/** One more than a page of the list holds. */
const MANY = 1_001;

const begin = ({ store, storage, newKey }: ContractContext, key = newKey()): Promise<MultipartUpload> =>
  store.createMultipart(key, { contentType, checksum: storage.partChecksum });

/** Bound as the product binds it on this storage. */
function signPart(
  { signing, storage }: ContractContext,
  upload: MultipartUpload,
  { partNumber, body }: Part,
) {
  const { partChecksum } = storage;
  return signing.part(upload.key, {
    storageUploadId: upload.storageUploadId,
    partNumber,
    size: body.length,
    checksumSha256: partChecksum === 'sha256' ? sha256(body) : null,
    contentMd5: partChecksum === 'md5' ? md5(body) : null,
    ...inFifteenMinutes(),
  });
}

async function sendPart(context: ContractContext, upload: MultipartUpload, part: Part): Promise<Answer> {
  const { url, method, headers } = signPart(context, upload, part);
  return sendRequest(url, { method, headers, body: part.body });
}

async function beginWithBoth(
  context: ContractContext,
): Promise<{ upload: MultipartUpload; parts: StoredPart[] }> {
  const upload = await begin(context);
  for (const [index, body] of [first, last].entries()) {
    expect((await sendPart(context, upload, { partNumber: index + 1, body })).status).toBe(200);
  }
  return { upload, parts: (await context.store.listParts(upload)) ?? [] };
}

/** What the list tells of a part that arrived as it was announced. */
const told = ({ storage }: ContractContext, { partNumber, body }: Part) => ({
  partNumber,
  size: body.length,
  etag: storage.partChecksum === 'md5' ? md5Hex(body) : expect.any(String),
  checksumSha256: storage.partChecksum === 'sha256' ? sha256(body) : null,
});

function describeLife(use: UseContext): void {
  it('is listed part by part, and becomes one object when it is completed, not before', async () => {
    const context = use();
    const { store } = context;
    const { upload, parts } = await beginWithBoth(context);
    expect(parts).toEqual([
      told(context, { partNumber: 1, body: first }),
      told(context, { partNumber: 2, body: last }),
    ]);
    expect(await store.head(upload.key)).toBeNull();
    expect(await store.completeMultipart(upload, parts)).toBe(true);
    expect(await store.head(upload.key)).toMatchObject({ size: first.length + last.length, contentType });
    const stored = await buffer(await store.openRead(upload.key));
    expect(stored.equals(Buffer.concat([first, last]))).toBe(true);
    expect((await store.listMultiparts(upload.key)).uploads).toEqual([]);
  });

  it('tells the ETag of a part in the answer as in the list', async () => {
    const context = use();
    const upload = await begin(context);
    const { headers } = await sendPart(context, upload, { partNumber: 1, body: last });
    expect((await context.store.listParts(upload))?.map(({ etag }) => `"${etag}"`)).toEqual([headers.etag]);
    await context.store.abortMultipart(upload);
  });

  it('lists no parts of an upload that has none yet, and every one of more than a page of them', async () => {
    const context = use();
    const upload = await begin(context);
    expect(await context.store.listParts(upload)).toEqual([]);
    const parts = Array.from({ length: MANY }, (_, index) => ({
      partNumber: index + 1,
      body: Buffer.from(`part ${index + 1}`),
    }));
    await inLanes(parts, 8, (part) => sendPart(context, upload, part));
    expect(await context.store.listParts(upload)).toEqual(parts.map((part) => told(context, part)));
    await context.store.abortMultipart(upload);
  });
}

function describeUrls(use: UseContext): void {
  it.each([
    ['an object of that key', /&partNumber=1&uploadId=[^&]+/, ''],
    ['another part', 'partNumber=1', 'partNumber=2'],
    ['a part of another upload', /uploadId=./, 'uploadId=_'],
  ])('a URL of one part does not write %s', async (_, signed, other) => {
    const context = use();
    const upload = await begin(context);
    const { url, method, headers } = signPart(context, upload, { partNumber: 1, body: last });
    const changed = url.replace(signed, other);
    expect(changed).not.toBe(url);
    expect((await sendRequest(changed, { method, headers, body: last })).status).toBe(403);
    expect(await context.store.listParts(upload)).toEqual([]);
    expect(await context.store.head(upload.key)).toBeNull();
    await context.store.abortMultipart(upload);
  });

  it('a part longer or shorter than signed is refused', async () => {
    const context = use();
    const upload = await begin(context);
    const { url, method, headers } = signPart(context, upload, { partNumber: 1, body: last });
    for (const body of [Buffer.concat([last, last]), last.subarray(1)]) {
      expect((await sendRequest(url, { method, headers, body })).status).toBeGreaterThanOrEqual(400);
    }
    expect(await context.store.listParts(upload)).toEqual([]);
    await context.store.abortMultipart(upload);
  });
}

/** Where parts are bound by no sum, the product reads the made object back. */
function describeSums(use: UseContext): void {
  it('a part of the same length that is not the announced one is refused where parts are bound by a sum', async () => {
    const context = use();
    const upload = await begin(context);
    const { url, method, headers } = signPart(context, upload, { partNumber: 1, body: last });
    const other = Buffer.alloc(last.length, 'x');
    const { status } = await sendRequest(url, { method, headers, body: other });
    const isBound = context.storage.partChecksum !== 'none';
    expect(status).toBe(isBound ? 400 : 200);
    expect(await context.store.listParts(upload)).toHaveLength(isBound ? 0 : 1);
    await context.store.abortMultipart(upload);
  });

  it('a part is refused whose signed sum is left away or replaced', async () => {
    const context = use();
    const upload = await begin(context);
    const { url, method, headers } = signPart(context, upload, { partNumber: 1, body: last });
    const other = Buffer.alloc(last.length, 'x');
    const ofOther = signPart(context, upload, { partNumber: 1, body: other }).headers;
    const attempts = Object.keys(headers).length === 0 ? [] : [{}, ofOther];
    for (const changed of attempts) {
      expect((await sendRequest(url, { method, headers: changed, body: other })).status).toBe(403);
    }
    expect(await context.store.listParts(upload)).toEqual([]);
    await context.store.abortMultipart(upload);
  });
}

function describeEnds(use: UseContext): void {
  it('is gone once it is aborted, however often: nothing to list, nothing to complete', async () => {
    const context = use();
    const { upload, parts } = await beginWithBoth(context);
    await context.store.abortMultipart(upload);
    await context.store.abortMultipart(upload);
    expect(await context.store.listParts(upload)).toBeNull();
    expect(await context.store.completeMultipart(upload, parts)).toBe(false);
    expect(await context.store.head(upload.key)).toBeNull();
    expect((await sendPart(context, upload, { partNumber: 1, body: last })).status).toBe(404);
  });

  it('is not completed of a part that was sent again since it was listed', async () => {
    const context = use();
    const { upload, parts } = await beginWithBoth(context);
    await sendPart(context, upload, { partNumber: 2, body: Buffer.from('the other rest') });
    await expect(context.store.completeMultipart(upload, parts)).rejects.toMatchObject({
      name: 'StorageError',
      failure: 'precondition_failed',
    });
    expect(await context.store.head(upload.key)).toBeNull();
    const again = (await context.store.listParts(upload)) ?? [];
    expect(await context.store.completeMultipart(upload, again)).toBe(true);
  });
}

async function pagesOf({ store }: ContractContext, prefix: string, limit: number) {
  const pages: MultipartUpload[][] = [];
  let after: MultipartUpload | null = null;
  do {
    const page = await store.listMultiparts(prefix, { limit, ...(after && { after }) });
    pages.push(page.uploads.map(({ key, storageUploadId }) => ({ key, storageUploadId })));
    after = page.next;
  } while (after);
  return pages;
}

function describeListOfUploads(use: UseContext): void {
  it('unfinished ones are listed by key, page after page, each once, two of the same key too', async () => {
    const context = use();
    const folder = `${context.newKey('uploads')}/`;
    const begun: MultipartUpload[] = [];
    for (const name of ['a b', 'é', 'a b', '<&>+', 'z']) begun.push(await begin(context, folder + name));
    const pages = await pagesOf(context, folder, 2);
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    const found = pages.flat();
    expect(found.map(({ key }) => key.slice(folder.length))).toEqual(['<&>+', 'a b', 'a b', 'z', 'é']);
    const ids = (uploads: MultipartUpload[]) =>
      uploads.map(({ storageUploadId }) => storageUploadId).toSorted();
    expect(ids(found)).toEqual(ids(begun));
    for (const upload of begun) await context.store.abortMultipart(upload);
    expect(await context.store.listMultiparts(folder)).toEqual({ uploads: [], next: null });
  });

  it('tells since when one is unfinished', async () => {
    const context = use();
    const upload = await begin(context);
    const [listed] = (await context.store.listMultiparts(upload.key)).uploads;
    expect(Math.abs((listed?.initiatedAt.getTime() ?? 0) - Date.now())).toBeLessThan(60_000);
    await context.store.abortMultipart(upload);
  });
}

/** The product's own verbs, and the URLs that it signs for parts. */
export function describeParts(use: UseContext): void {
  describe('needs of an upload in signed parts', () => {
    describeLife(use);
    describeUrls(use);
    describeSums(use);
    describeEnds(use);
    describeListOfUploads(use);
  });
}
