import { setTimeout as sleep } from 'node:timers/promises';
import type { Asset, UploadUrl } from '@slipway/sdk';
import { type AcceptanceStage, type Person, startProduct } from '../support/acceptance-stage';
import { type Bytes, pngFile, sha256, type TestFile } from '../support/test-files';

/** Long enough to upload and complete, short enough to wait for. */
const URL_LIFE_SECONDS = 4;

describe('an upload URL', () => {
  let product: AcceptanceStage;
  let person: Person;
  let file: TestFile;
  let other: Bytes;

  beforeAll(async () => {
    product = await startProduct({ UPLOAD_EXPIRY_MINUTES: String(URL_LIFE_SECONDS / 60) });
    person = await product.newPerson();
    file = await pngFile();
    other = Buffer.from(file.body).reverse();
  });

  afterAll(async () => {
    await product?.stop();
  });

  const begin = () =>
    person.client.assets.getUploadUrl({
      project_id: person.projectId,
      file_name: file.name,
      file_size: file.body.length,
      content_type: file.contentType,
      checksum_sha256: sha256(file.body),
    });

  const complete = (begun: UploadUrl) =>
    person.client.assets.createAsset({
      name: file.name,
      project_id: person.projectId,
      file_key: begun.file_key,
      file_size: file.body.length,
      content_type: file.contentType,
    });

  async function put(begun: UploadUrl, change: { body?: Bytes; headers?: object; path?: string } = {}) {
    const url = new URL(begun.upload_url ?? '');
    if (change.path !== undefined) url.pathname = change.path;
    const headers = { ...begun.headers, ...change.headers };
    const response = await fetch(url, { method: 'PUT', headers, body: change.body ?? file.body });
    return { status: response.status, code: /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1] };
  }

  async function expectUnchanged(asset: Asset): Promise<void> {
    const response = await fetch(asset.access_url);
    expect(sha256(Buffer.from(await response.arrayBuffer()))).toBe(sha256(file.body));
  }

  interface Change {
    body?: Bytes;
    headers?: object;
  }

  const badDigest = { status: 400, code: 'BadDigest' };
  const badSignature = { status: 403, code: 'SignatureDoesNotMatch' };
  const denied = { status: 403, code: 'AccessDenied' };

  test.each<[string, object, () => Change]>([
    ['another file of the same length', badDigest, () => ({ body: other })],
    ['one byte more', badSignature, () => ({ body: Buffer.concat([file.body, Buffer.from('x')]) })],
    ['another content type', badSignature, () => ({ headers: { 'content-type': 'text/html' } })],
    ['another checksum', badSignature, () => ({ headers: { 'x-amz-checksum-sha256': sha256(other) } })],
    ['a copy of something else', denied, () => ({ headers: { 'x-amz-copy-source': '/slipway/x' } })],
  ])('refuses %s, and its own file is still welcome', async (_attack, refusal, change) => {
    const begun = await begin();
    expect(await put(begun, change())).toEqual(refusal);
    expect((await put(begun)).status).toBe(200);
    await expectUnchanged(await complete(begun));
  });

  test('refuses another path, such as the final key of an asset that is there', async () => {
    const first = await begin();
    await put(first);
    const asset = await complete(first);
    const begun = await begin();
    const bucket = new URL(begun.upload_url ?? '').pathname.split('/')[1] ?? '';
    expect(await put(begun, { path: `/${bucket}/${asset.file_key}` })).toEqual(badSignature);
    await expectUnchanged(asset);
  });

  test('replayed after completion changes nothing, and refuses another file', async () => {
    const begun = await begin();
    await put(begun);
    const asset = await complete(begun);
    expect((await put(begun, { body: other })).status).toBe(400);
    expect((await put(begun)).status).toBe(200);
    await expectUnchanged(asset);
    expect((await complete(begun)).id).toBe(asset.id);
    await expectUnchanged(asset);
  });

  test('refuses everything after its end, and the upload has expired', async () => {
    const begun = await begin();
    await sleep((URL_LIFE_SECONDS + 1) * 1000);
    expect(await put(begun)).toEqual(denied);
    await expect(complete(begun)).rejects.toMatchObject({ code: 'upload_expired' });
  });

  test('that has ended leaves its asset as it was', async () => {
    const begun = await begin();
    await put(begun);
    const asset = await complete(begun);
    await sleep((URL_LIFE_SECONDS + 1) * 1000);
    expect((await put(begun, { body: other })).status).toBe(403);
    await expectUnchanged(asset);
  });
});
