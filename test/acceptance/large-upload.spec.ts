import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Asset, Client, UploadHandle, UploadStatus, UploadUrlInput } from '@slipway/sdk';
import { newPerson, type Person } from '../support/acceptance-stage';
import { cephRgw, type RunningStorage } from '../support/object-stores';
import { PartGate } from '../support/part-gate';
import { startProgram } from '../support/processes';
import { fileOnDisk, sumAt, writeRandomFile } from '../support/random-file';
import { type SplitProduct, startSplitProduct } from '../support/split-product';
import { startStorageProcess, type StorageProcess } from '../support/storage-process';
import { asFile, textFile } from '../support/test-files';
import { makeTestFolder } from '../support/test-folder';
import { unfinishedUploads } from '../support/unfinished-uploads';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
/** Five parts of 8 MiB. */
const SIZE = 40 * MIB;
const PARTS = [1, 2, 3, 4, 5];
/** Two of five. */
const FORTY_PERCENT = 2;
/** How long a process takes to come back says nothing of the product: so many tries outlast it. */
const PATIENT = { retry: { attempts: 30, maxMs: 1000 } };

const storages: { name: string; start: () => Promise<RunningStorage> }[] = [
  { name: 'embedded', start: startStorageProcess },
  ...[cephRgw()].filter(({ missing }) => missing === null),
];

describe.each(storages)('a file of 40 MiB on $name', (choice) => {
  let storage: RunningStorage;
  let product: SplitProduct;
  let folder: Awaited<ReturnType<typeof makeTestFolder>>;
  let path: string;
  let sum: string;
  let file: File;
  let person: Person;
  const cleanups: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    folder = await makeTestFolder('large-upload');
    cleanups.push(() => folder.remove());
    path = join(folder.path, 'survey.bin');
    sum = await writeRandomFile(path, SIZE);
    file = await fileOnDisk(path);
    storage = await choice.start();
    cleanups.push(() => storage.stop());
    product = await startSplitProduct(storage, { SINGLE_PUT_LIMIT: '5 MiB' });
    cleanups.push(() => product.stop());
  });

  afterAll(async () => {
    for (const cleanUp of cleanups.reverse()) await cleanUp();
  });

  beforeEach(async () => {
    person = await newPerson(product.url);
  });

  const inParts = (gate: PartGate): Client => person.clientWith({ fetch: gate.fetch, ...PATIENT });

  const upload = (client: Client): UploadHandle => client.uploadFile({ projectId: person.projectId, file });

  /** An upload that stands still at 40 %, its client with it. */
  async function uploadTo40Percent(): Promise<{ handle: UploadHandle; gate: PartGate }> {
    const gate = new PartGate(FORTY_PERCENT);
    const handle = upload(inParts(gate));
    await gate.untilFull();
    return { handle, gate };
  }

  async function untilStatus(handle: UploadHandle, status: UploadStatus): Promise<void> {
    while (handle.status !== status)
      await new Promise<void>((resolve) => {
        const leave = handle.subscribe(() => {
          leave();
          resolve();
        });
      });
  }

  const usage = () =>
    person.client.request<{ account: { storage: Record<'used' | 'reserved', number> } }>(
      `/projects/${person.projectId}/usage`,
    );

  /** The only asset of the project, its bytes those of the file, and nothing reserved any more. */
  async function expectOneAsset(asset: Asset): Promise<void> {
    const { data } = await person.client.assets.list({ project_id: person.projectId, limit: 100 });
    expect(data.map(({ id }) => id)).toEqual([asset.id]);
    expect(asset).toMatchObject({ name: 'survey.bin', file_size: SIZE });
    expect(await sumAt(String(asset.access_url))).toBe(sum);
    expect((await usage()).account.storage).toMatchObject({ used: SIZE, reserved: 0 });
  }

  const inOrder = (numbers: number[]): number[] => numbers.toSorted((one, other) => one - other);

  test('becomes the asset byte for byte, each part sent once', async () => {
    const gate = new PartGate(Infinity);
    const handle = upload(inParts(gate));
    const seen: number[] = [];
    handle.subscribe(() => seen.push(handle.progress.confirmed));
    await expectOneAsset(await handle);
    expect(inOrder(gate.answers.map(({ number }) => number))).toEqual(PARTS);
    expect(seen).toEqual(inOrder(seen));
    expect(seen.at(-1)).toBe(SIZE);
  });

  test('goes on in another process where the first was killed, and sends only what is missing', async () => {
    const memory = join(folder.path, 'unfinished.json');
    const job = {
      baseUrl: `${product.url}/api`,
      token: person.token,
      projectId: person.projectId,
      path,
      memory,
    };
    const send = (dieAfter: number | null) =>
      startProgram(process.execPath, [
        join(__dirname, '../support/large-file-sender.mjs'),
        JSON.stringify({ ...job, dieAfter: dieAfter ?? PARTS.length }),
      ]);
    const sentBy = (output: string): number[] =>
      [...output.matchAll(/^part (\d+) 200$/gm)].map(([, number]) => Number(number));

    const first = send(FORTY_PERCENT);
    await first.untilOutput(/(part \d+ 200\n){2}/);
    await first.kill();
    const second = send(null);
    const [, assetId = ''] = await second.untilOutput(/^asset (\S+)$/m);

    expect(inOrder([...sentBy(first.output), ...sentBy(second.output)])).toEqual(PARTS);
    expect(sentBy(second.output)).toHaveLength(PARTS.length - FORTY_PERCENT);
    await expectOneAsset(await person.client.assets.get(assetId));
  });

  test('cancelled in the middle frees its parts and its bytes at once', async () => {
    const unfinished = () => unfinishedUploads(storage, `projects/${person.projectId}/`);
    const { handle } = await uploadTo40Percent();
    expect(await unfinished()).toBe(1);
    await handle.abort();
    await expect(handle.done).rejects.toMatchObject({ code: 'aborted' });
    expect((await usage()).account.storage).toMatchObject({ used: 0, reserved: 0 });
    while ((await unfinished()) > 0) await sleep(50);
  });

  test('outlives the API', async () => {
    const { handle, gate } = await uploadTo40Percent();
    await product.killApi();
    gate.letThrough();
    await untilStatus(handle, 'waiting');
    await product.startApi();
    await expectOneAsset(await handle);
    expect(inOrder(gate.stored)).toEqual(PARTS);
  });

  const describeFile = (name: string, size: number) => ({
    project_id: person.projectId,
    file_name: name,
    file_size: size,
    content_type: name.endsWith('.txt') ? 'text/plain' : 'application/octet-stream',
  });

  const beginAll = (files: UploadUrlInput[]) => person.client.assets.getUploadUrls(files);

  test('is begun with others in one call, and each has an answer of its own', async () => {
    const note = textFile('high water at noon');
    const [small, large, tooLarge] = await beginAll([
      describeFile(note.name, note.body.length),
      describeFile('survey.bin', SIZE),
      describeFile('film.bin', 3 * GIB),
    ]);
    expect(tooLarge).toMatchObject({ status: 413, problem: { code: 'file_too_large' } });
    expect(large).toMatchObject({
      status: 200,
      upload: { upload_url: null, multipart: { part_size: 8 * MIB, part_count: 5 } },
    });
    if (!small?.upload) throw new Error('The small file was not begun');
    const { upload_url: url, headers, file_key } = small.upload;
    expect((await fetch(String(url), { method: 'PUT', headers, body: asFile(note) })).status).toBe(200);
    const completion = { ...describeFile(note.name, note.body.length), file_key, name: note.name };
    const { file_name: _, ...input } = completion;
    expect(await person.client.completeUpload(input)).toMatchObject({ name: note.name });
    expect((await usage()).account.storage).toMatchObject({ used: note.body.length, reserved: SIZE });
  });

  test('waits outside while others have reserved all there is, and is welcome when one of them is cancelled', async () => {
    const giants = [2, 2, 1].map((size, index) => describeFile(`giant-${index}.bin`, size * GIB));
    const begun = await beginAll(giants);
    expect(begun.map(({ status }) => status)).toEqual([200, 200, 200]);
    await expect(upload(person.client).done).rejects.toMatchObject({ code: 'quota_exceeded', status: 413 });
    await person.client.assets.cancelUpload(String(begun[2]?.upload?.asset_id));
    const asset = await upload(person.client);
    expect(await sumAt(String(asset.access_url))).toBe(sum);
    expect((await usage()).account.storage).toMatchObject({ used: SIZE, reserved: 4 * GIB });
  });

  if (choice.name === 'embedded') {
    test('outlives the storage', async () => {
      const { handle, gate } = await uploadTo40Percent();
      const server = storage as StorageProcess;
      await server.kill();
      gate.letThrough();
      await untilStatus(handle, 'waiting');
      await server.restart();
      await expectOneAsset(await handle);
      expect(inOrder(gate.stored)).toEqual(PARTS);
    });
  }

  test('has URLs that ended signed again', async () => {
    const lifeSeconds = 3;
    await product.killApi();
    await product.startApi({ UPLOAD_EXPIRY_MINUTES: String(lifeSeconds / 60) });
    const { handle, gate } = await uploadTo40Percent();
    await sleep((lifeSeconds + 1) * 1000);
    gate.letThrough();
    await expectOneAsset(await handle);
    expect(gate.answers.map(({ status }) => status)).toContain(403);
    expect(inOrder(gate.stored)).toEqual(PARTS);
  });
});
