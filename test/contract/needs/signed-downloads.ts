import { sendRequest } from '../../support/send-request';
import { inFifteenMinutes, type ContractContext, type UseContext } from '../contract-context';

const body = Buffer.from('0123456789');

async function storedKey({ store, newKey }: ContractContext, name?: string): Promise<string> {
  const key = newKey(name);
  await store.put(key, body, { contentType: 'image/png' });
  return key;
}

export function describeSignedDownloads(use: UseContext): void {
  describe('needs of a signed access URL', () => {
    it.each(['photo.png', 'odd name + é 漢 (1)%.png'])(
      'it reads %s byte for byte, with its type and ETag',
      async (name) => {
        const context = use();
        const key = await storedKey(context, name);
        const answer = await sendRequest(context.signing.get(key, inFifteenMinutes()).url);
        expect(answer.status).toBe(200);
        expect(answer.body).toEqual(body);
        expect(answer.headers).toMatchObject({ 'content-type': 'image/png', 'content-length': '10' });
        expect(answer.headers.etag).toBe(`"${(await context.store.head(key))?.etag}"`);
      },
    );

    it('it reads to the end of its window', async () => {
      const context = use();
      const key = await storedKey(context);
      const { url, expiresAt } = context.signing.get(key, { ...inFifteenMinutes(), windowSeconds: 900 });
      expect((await sendRequest(url)).status).toBe(200);
      expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + 895_000);
    });

    it('the overrides of type, disposition and caching come as headers of the answer', async () => {
      const context = use();
      const key = await storedKey(context);
      const { url } = context.signing.get(key, {
        ...inFifteenMinutes(),
        responseContentType: 'application/octet-stream',
        responseContentDisposition: `attachment; filename="a b.png"; filename*=UTF-8''%C3%A9.png`,
        responseCacheControl: 'private, max-age=900, immutable',
      });
      const { status, headers } = await sendRequest(url);
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="a b.png"; filename*=UTF-8''%C3%A9.png`,
        'cache-control': 'private, max-age=900, immutable',
      });
    });

    it('an override that was not signed is refused', async () => {
      const context = use();
      const key = await storedKey(context);
      const { url } = context.signing.get(key, inFifteenMinutes());
      expect((await sendRequest(`${url}&response-content-type=text%2Fhtml`)).status).toBe(403);
    });

    it('a part of the object is read with a range, as players of video do', async () => {
      const context = use();
      const key = await storedKey(context);
      const { url } = context.signing.get(key, inFifteenMinutes());
      const answer = await sendRequest(url, { headers: { range: 'bytes=2-5' } });
      expect(answer.status).toBe(206);
      expect(String(answer.body)).toBe('2345');
      expect(answer.headers['content-range']).toBe('bytes 2-5/10');
    });

    it('a cached answer is confirmed with 304', async () => {
      const context = use();
      const key = await storedKey(context);
      const { url } = context.signing.get(key, inFifteenMinutes());
      const { headers } = await sendRequest(url);
      const again = await sendRequest(url, { headers: { 'if-none-match': headers.etag ?? '' } });
      expect(again.status).toBe(304);
    });

    it('it reads nothing after its expiry, under another path or with another signature', async () => {
      const context = use();
      const key = await storedKey(context);
      const other = await storedKey(context, 'other');
      const { url } = context.signing.get(key, inFifteenMinutes());
      const expired = context.signing.get(key, { now: new Date(Date.now() - 3_600_000), expiresIn: 3590 });
      const forged = url.replace(
        /X-Amz-Signature=(.)/,
        (_, first) => `X-Amz-Signature=${first === '0' ? '1' : '0'}`,
      );
      for (const refused of [expired.url, url.replace(key, other), forged]) {
        const { status, body: told } = await sendRequest(refused);
        expect(status).toBe(403);
        expect(told.includes(body)).toBe(false);
      }
    });

    it('it does not serve for writing or deleting', async () => {
      const context = use();
      const key = await storedKey(context);
      const { url } = context.signing.get(key, inFifteenMinutes());
      expect((await sendRequest(url, { method: 'PUT', body: Buffer.from('other') })).status).toBe(403);
      expect((await sendRequest(url, { method: 'DELETE' })).status).toBe(403);
      expect(await context.store.head(key)).toMatchObject({ size: body.length });
    });

    it('without a signature nothing is read', async () => {
      const context = use();
      const key = await storedKey(context);
      const { url } = context.signing.get(key, inFifteenMinutes());
      expect((await sendRequest(url.slice(0, url.indexOf('?')))).status).toBe(403);
    });
  });
}
