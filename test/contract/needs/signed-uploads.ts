import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import type { PutUrlOptions } from '@slipway/platform/object-store/url-signer';
import { sendRequest, sendTornRequest } from '../../support/send-request';
import { inFifteenMinutes, md5, sha256, type ContractContext, type UseContext } from '../contract-context';

const body = Buffer.from('<the approved file>');
const sameLength = Buffer.from('<a different file!>');

const approved = (): PutUrlOptions => ({
  size: body.length,
  contentType: 'image/png',
  checksumSha256: sha256(body),
  ...inFifteenMinutes(),
});

/** The refusal and its consequence: nothing came into being under the key. */
async function expectRefused(
  { store }: ContractContext,
  key: string,
  sending: Promise<{ status: number }>,
): Promise<void> {
  const { status } = await sending;
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(await store.head(key)).toBeNull();
}

export function describeSignedUploads(use: UseContext): void {
  describe('needs of a signed upload URL', () => {
    it('the approved file is stored, and the answer carries its ETag', async () => {
      const { signing, store, newKey } = use();
      const key = newKey('incoming file é.png');
      const { url, method, headers } = signing.put(key, approved());
      const answer = await sendRequest(url, { method, headers, body });
      expect(answer.status).toBe(200);
      const stat = await store.head(key);
      expect(stat).toMatchObject({ size: body.length, contentType: 'image/png' });
      expect(answer.headers.etag).toBe(`"${stat?.etag}"`);
      expect(await buffer(await store.openRead(key))).toEqual(body);
    });

    it.each([
      ['of one byte more', Buffer.concat([body, Buffer.from('x')])],
      ['of one byte less', body.subarray(1)],
      ['of nothing', Buffer.alloc(0)],
    ])('a body %s instead of the signed length is refused', async (_, other) => {
      const context = use();
      const key = context.newKey();
      const { url, method, headers } = context.signing.put(key, approved());
      await expectRefused(context, key, sendRequest(url, { method, headers, body: other }));
    });

    it('another file of the same length is refused, or is found out when the stored bytes are compared', async () => {
      const { signing, store, newKey } = use();
      const key = newKey();
      const { url, method, headers } = signing.put(key, { ...approved(), contentMd5: md5(body) });
      const { status } = await sendRequest(url, { method, headers, body: sameLength });
      const stored = status < 300 ? await store.readRange(key, 0, body.length) : null;
      expect(stored === null || sha256(stored) !== sha256(body)).toBe(true);
      if (stored === null) expect(await store.head(key)).toBeNull();
    });

    it('the ETag tells another file of the same length from the approved one', async () => {
      const { signing, store, newKey } = use();
      const key = newKey();
      const { url, method, headers } = signing.put(key, { ...approved(), checksumSha256: null });
      expect((await sendRequest(url, { method, headers, body: sameLength })).status).toBe(200);
      const wanted = await store.put(newKey(), body, { contentType: 'image/png' });
      expect((await store.head(key))?.etag).not.toBe(wanted.etag);
    });

    it.each(['text/html', 'image/png; charset=utf-8', ''])(
      'the content type %p instead of the signed one is refused',
      async (type) => {
        const context = use();
        const key = context.newKey();
        const { url, method, headers } = context.signing.put(key, approved());
        const lying = { ...headers, 'content-type': type };
        await expectRefused(context, key, sendRequest(url, { method, headers: lying, body }));
      },
    );

    it.each(['content-type', 'x-amz-checksum-sha256'])(
      'leaving out the signed header %s is refused',
      async (name) => {
        const context = use();
        const key = context.newKey();
        const { url, method, headers } = context.signing.put(key, approved());
        const { [name]: left, ...rest } = headers;
        expect(left).toBeDefined();
        await expectRefused(context, key, sendRequest(url, { method, headers: rest, body }));
      },
    );

    it('another checksum than the signed one is refused', async () => {
      const context = use();
      const key = context.newKey();
      const { url, method, headers } = context.signing.put(key, approved());
      const lying = { ...headers, 'x-amz-checksum-sha256': sha256(sameLength) };
      await expectRefused(context, key, sendRequest(url, { method, headers: lying, body: sameLength }));
    });

    it('another path is refused', async () => {
      const context = use();
      const key = context.newKey('mine');
      const other = context.newKey('not-mine');
      const { url, method, headers } = context.signing.put(key, approved());
      const elsewhere = url.replace(key, other);
      expect(elsewhere).not.toBe(url);
      await expectRefused(context, other, sendRequest(elsewhere, { method, headers, body }));
      expect(await context.store.head(key)).toBeNull();
    });

    it('another host name is refused', async () => {
      const context = use();
      const key = context.newKey();
      const { url, method, headers } = context.signing.put(key, approved());
      await expectRefused(
        context,
        key,
        sendRequest(url, { method, headers: { ...headers, host: 'elsewhere.example' }, body }),
      );
    });

    it('the URL after its expiry is refused', async () => {
      const context = use();
      const key = context.newKey();
      const anHourAgo = new Date(Date.now() - 3_600_000);
      const { url, method, headers } = context.signing.put(key, {
        ...approved(),
        now: anHourAgo,
        expiresIn: 3590,
      });
      await expectRefused(context, key, sendRequest(url, { method, headers, body }));
    });

    it('a longer life written into the URL is refused', async () => {
      const context = use();
      const key = context.newKey();
      const { url, method, headers } = context.signing.put(key, approved());
      const longer = url.replace('X-Amz-Expires=900', 'X-Amz-Expires=9000');
      expect(longer).not.toBe(url);
      await expectRefused(context, key, sendRequest(longer, { method, headers, body }));
    });

    it.each(['GET', 'DELETE', 'POST'])('it does not serve for %s', async (method) => {
      const { signing, store, newKey } = use();
      const key = newKey();
      await store.put(key, body, { contentType: 'image/png' });
      const { url, headers } = signing.put(key, approved());
      const { status } = await sendRequest(url, { method, headers, body });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(await store.head(key)).toMatchObject({ size: body.length });
    });

    it('a body that breaks off leaves nothing', async () => {
      const { signing, store, newKey } = use();
      const key = newKey();
      const { url, headers } = signing.put(key, approved());
      await sendTornRequest(url, headers, { part: body.subarray(0, 5), length: body.length });
      // The storage learns of it a moment later than the client; what it kept would show by then.
      await setTimeout(300);
      expect(await store.head(key)).toBeNull();
    });

    it('used twice, it stores the same object again, which is why no client is given one for a final key', async () => {
      const { signing, store, newKey } = use();
      const key = newKey();
      const { url, method, headers } = signing.put(key, approved());
      await sendRequest(url, { method, headers, body });
      const first = await store.head(key);
      expect((await sendRequest(url, { method, headers, body })).status).toBe(200);
      expect((await store.head(key))?.etag).toBe(first?.etag);
    });
  });
}
