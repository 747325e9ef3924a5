import {
  DeleteBucketCorsCommand,
  GetBucketCorsCommand,
  PutBucketCorsCommand,
  type CORSRule,
} from '@aws-sdk/client-s3';
import { sendRequest } from '../../support/send-request';
import { inFifteenMinutes, type ContractContext, type UseContext } from '../contract-context';

export const APP_ORIGIN = 'https://app.example.com';

const rule: CORSRule = {
  AllowedOrigins: [APP_ORIGIN],
  AllowedMethods: ['PUT', 'GET', 'HEAD'],
  AllowedHeaders: ['content-type', 'content-md5', 'if-none-match', 'x-amz-checksum-sha256'],
  ExposeHeaders: ['ETag'],
  MaxAgeSeconds: 600,
};

/** The rule the product sets, for as long as `work` runs; a bucket that is somebody's own gets its rules back. */
export async function withCors<T>({ client, bucket }: ContractContext, work: () => Promise<T>): Promise<T> {
  const target = { Bucket: bucket };
  const before = await client.send(new GetBucketCorsCommand(target)).catch(() => null);
  await client.send(new PutBucketCorsCommand({ ...target, CORSConfiguration: { CORSRules: [rule] } }));
  try {
    return await work();
  } finally {
    const CORSConfiguration = { CORSRules: before?.CORSRules };
    await (CORSConfiguration.CORSRules
      ? client.send(new PutBucketCorsCommand({ ...target, CORSConfiguration }))
      : client.send(new DeleteBucketCorsCommand(target)));
  }
}

const put = { size: 4, contentType: 'image/png', checksumSha256: null };

const preflight = (url: string, origin: string, headers: string) =>
  sendRequest(url, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'PUT', 'access-control-request-headers': headers },
  });

export function describeCors(use: UseContext): void {
  describe('needs of a bucket that is told which web page may use it', () => {
    it('the preflight of an upload from that page is granted', async () => {
      const context = use();
      const { url } = context.signing.put(context.newKey(), { ...put, ...inFifteenMinutes() });
      const { status, headers } = await withCors(context, () =>
        preflight(url, APP_ORIGIN, 'content-type,x-amz-checksum-sha256'),
      );
      expect(status).toBe(200);
      expect(headers['access-control-allow-origin']).toBe(APP_ORIGIN);
      expect(headers['access-control-allow-methods']).toContain('PUT');
      expect(headers['access-control-allow-headers']?.toLowerCase()).toContain('x-amz-checksum-sha256');
    });

    it('the preflight of a strange page or with a strange header is not', async () => {
      const context = use();
      const { url } = context.signing.put(context.newKey(), { ...put, ...inFifteenMinutes() });
      const [page, header] = await withCors(context, () =>
        Promise.all([
          preflight(url, 'https://evil.example', 'content-type'),
          preflight(url, APP_ORIGIN, 'x-amz-acl'),
        ]),
      );
      for (const { status, headers } of [page, header]) {
        expect(status).toBe(403);
        expect(headers['access-control-allow-origin']).toBeUndefined();
      }
    });

    it('the page may read the answer to its upload and the ETag in it', async () => {
      const context = use();
      const { url, method, headers } = context.signing.put(context.newKey(), {
        ...put,
        ...inFifteenMinutes(),
      });
      const answer = await withCors(context, () =>
        sendRequest(url, { method, headers: { ...headers, origin: APP_ORIGIN }, body: Buffer.from('1234') }),
      );
      expect(answer.status).toBe(200);
      expect(answer.headers['access-control-allow-origin']).toBe(APP_ORIGIN);
      expect(answer.headers['access-control-expose-headers']?.toLowerCase()).toContain('etag');
      expect(answer.headers.etag).toBeDefined();
    });

    it('the page may read an object by its signed URL', async () => {
      const context = use();
      const key = context.newKey();
      await context.store.put(key, Buffer.from('1234'), { contentType: 'image/png' });
      const { url } = context.signing.get(key, inFifteenMinutes());
      const { status, headers } = await withCors(context, () =>
        sendRequest(url, { headers: { origin: APP_ORIGIN } }),
      );
      expect(status).toBe(200);
      expect(headers['access-control-allow-origin']).toBe(APP_ORIGIN);
    });
  });
}
