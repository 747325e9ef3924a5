import { setTimeout as sleep } from 'node:timers/promises';
import type { Asset } from '@slipway/sdk';
import sharp from 'sharp';
import type { Person } from '../support/acceptance-stage';
import { describeProduct } from '../support/describe-product';
import { asFile, glbFile, pngFile, sha256, textFile, type TestFile } from '../support/test-files';

describeProduct('a person with the SDK', (stage) => {
  let person: Person;

  beforeAll(async () => {
    person = await stage.newPerson();
  });

  const upload = (file: TestFile) =>
    person.client.uploadFile({ projectId: person.projectId, file: asFile(file) });

  async function published(asset: Asset): Promise<Asset> {
    const deadline = Date.now() + 20_000;
    let current = asset;
    while (current.status === 'Processing') {
      if (Date.now() > deadline) throw new Error(`${asset.name} was not published`);
      await sleep(50);
      current = await person.client.assets.get(asset.id);
    }
    return current;
  }

  async function bytesAt(url: string): Promise<Buffer> {
    const response = await fetch(url);
    expect(response.status).toBe(200);
    return Buffer.from(await response.arrayBuffer());
  }

  test('uploads a picture, sees its thumbnail and gets the same bytes back', async () => {
    const file = await pngFile();
    const seen: number[] = [];
    const made = await person.client.uploadFile({
      projectId: person.projectId,
      file: asFile(file),
      onProgress: ({ fraction }) => seen.push(fraction),
    });
    const asset = await published(made);
    expect(asset).toMatchObject({
      status: 'Published',
      width: 320,
      height: 200,
      file_size: file.body.length,
    });
    expect(seen.at(-1)).toBe(1);
    expect(sha256(await bytesAt(String(asset.access_url)))).toBe(sha256(file.body));
    const thumbnail = await sharp(await bytesAt(String(asset.thumbnail_url))).metadata();
    expect(thumbnail).toMatchObject({ format: 'jpeg', width: 320, height: 200 });
    expect((await sharp(await bytesAt(asset.qr_code_url)).metadata()).format).toBe('png');
  });

  test('uploads a model, which is published without a thumbnail', async () => {
    const file = await glbFile();
    const asset = await published(await upload(file));
    expect(asset).toMatchObject({
      status: 'Published',
      thumbnail_url: null,
      content_type: 'model/gltf-binary',
    });
    expect(sha256(await bytesAt(String(asset.access_url)))).toBe(sha256(file.body));
  });

  test('keeps a broken picture as a file, and is told why it has no thumbnail', async () => {
    const { body, ...rest } = await pngFile();
    const asset = await published(await upload({ ...rest, body: body.subarray(0, body.length / 2) }));
    expect(asset).toMatchObject({ status: 'Published', thumbnail_url: null });
    const { data } = await person.client.assets.renditions(asset.id);
    expect(data.find(({ name }) => name === 'thumbnail')).toMatchObject({
      status: 'failed',
      reason: expect.stringMatching(/damaged|broken|incomplete/i),
    });
  });

  test('is refused HTML that calls itself a picture', async () => {
    const html = textFile('<!doctype html><script>alert(1)</script>'.repeat(10), 'cat.png', 'image/png');
    await expect(upload(html)).rejects.toMatchObject({ code: 'content_mismatch' });
    const { data } = await person.client.assets.list({ project_id: person.projectId, limit: 100 });
    expect(data.map(({ name }) => name)).not.toContain('cat.png');
  });

  test('finds the newest first, a page at a time, and what is deleted no more', async () => {
    const other = await stage.newPerson();
    const files = ['one.txt', 'two.txt', 'three.txt'].map((name) => textFile(`this is ${name}`, name));
    for (const file of files) {
      await other.client.uploadFile({ projectId: other.projectId, file: asFile(file) });
    }
    const page = await other.client.assets.list({ project_id: other.projectId, limit: 2 });
    expect(page.data.map(({ name }) => name)).toEqual(['three.txt', 'two.txt']);
    const rest = await other.client.assets.list({
      project_id: other.projectId,
      limit: 2,
      cursor: String(page.next_cursor),
    });
    expect(rest.data.map(({ name }) => name)).toEqual(['one.txt']);
    const [newest] = page.data;
    await other.client.assets.delete(String(newest?.id));
    await expect(other.client.assets.get(String(newest?.id))).rejects.toMatchObject({ code: 'not_found' });
  });

  test('shares nothing with another person', async () => {
    const asset = await upload(textFile('mine'));
    const stranger = await stage.newPerson();
    for (const attempt of [
      () => stranger.client.assets.get(asset.id),
      () => stranger.client.assets.delete(asset.id),
      () => stranger.client.assets.accessUrl(asset.id, { purpose: 'view' }),
      () => stranger.client.assets.list({ project_id: person.projectId, limit: 1 }),
      () => stranger.client.uploadFile({ projectId: person.projectId, file: asFile(textFile('theirs')) }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  test('cancels an upload and gets its bytes back', async () => {
    const controller = new AbortController();
    const attempt = person.client.uploadFile({
      projectId: person.projectId,
      file: asFile({ ...textFile('x'.repeat(4_000_000)), name: 'cancelled.txt' }),
      signal: controller.signal,
      onStatus: (status) => status === 'uploading' && controller.abort(),
    });
    await expect(attempt).rejects.toMatchObject({ code: 'aborted' });
    const { data } = await person.client.assets.list({ project_id: person.projectId, limit: 100 });
    expect(data.map(({ name }) => name)).not.toContain('cancelled.txt');
  });
});
