import {
  CompleteMultipartUploadCommand,
  DeleteBucketLifecycleCommand,
  DeleteObjectsCommand,
  GetBucketLifecycleConfigurationCommand,
  GetObjectTaggingCommand,
  PutBucketLifecycleConfigurationCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type LifecycleRule,
} from '@aws-sdk/client-s3';
import { sendRequest } from '../support/send-request';
import { inFifteenMinutes, md5, md5Hex, sha256, type ContractContext } from './contract-context';
import { APP_ORIGIN, withCors } from './needs/cors';
import { beginMultipart, sendPart } from './needs/multipart';

/** Something that only some storages do. The product is safe without; it uses it, or says more, where it is there. */
export interface Capability {
  what: string;
  /** What the product does on a storage that lacks it. */
  without: string;
  probe: (context: ContractContext) => Promise<boolean>;
}

const body = Buffer.from('<the approved file>');
const sameLength = Buffer.from('<a different file!>');
const described = { size: body.length, contentType: 'image/png' };
/** How storages say that they lack an operation. */
const LACKING = [400, 405, 501];

const png = { contentType: 'image/png' };

/** False for the given refusals, true for success; any other failure is no answer to the question. */
async function accepted(call: Promise<unknown>, refusals: readonly number[]): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
    if (status !== undefined && refusals.includes(status)) return false;
    throw error;
  }
}

/** Whether a body that is not the one whose sum was signed is kept out. */
async function keepsOut(
  context: ContractContext,
  sums: { checksumSha256?: string; contentMd5?: string },
): Promise<boolean> {
  const key = context.newKey();
  const { url, method, headers } = context.signing.put(key, { ...described, ...sums, ...inFifteenMinutes() });
  const { status } = await sendRequest(url, { method, headers, body: sameLength });
  const stored = (await context.store.head(key)) !== null;
  if (status !== (stored ? 200 : 400))
    throw new Error(`Answered ${status}, and the object is ${stored ? '' : 'not '}there`);
  return !stored;
}

/** Sends the approved file with a header that nobody signed. */
async function sendWithUnsigned(
  context: ContractContext,
  key: string,
  unsigned: Record<string, string>,
): Promise<number> {
  const { url, method, headers } = context.signing.put(key, { ...described, ...inFifteenMinutes() });
  return (await sendRequest(url, { method, headers: { ...headers, ...unsigned }, body })).status;
}

async function keepsLifecycle({ client, bucket }: ContractContext): Promise<boolean> {
  const target = { Bucket: bucket };
  const read = async (): Promise<LifecycleRule[]> =>
    (await client.send(new GetBucketLifecycleConfigurationCommand(target)).catch(() => null))?.Rules ?? [];
  const before = await read();
  const rule: LifecycleRule = {
    ID: 'contract',
    Status: 'Enabled',
    Filter: { Prefix: 'incoming/' },
    Expiration: { Days: 1 },
  };
  const write = (Rules: LifecycleRule[]): Promise<unknown> =>
    client.send(new PutBucketLifecycleConfigurationCommand({ ...target, LifecycleConfiguration: { Rules } }));
  if (!(await accepted(write([...before, rule]), LACKING))) return false;
  const kept = (await read()).some(({ ID, Expiration }) => ID === 'contract' && Expiration?.Days === 1);
  await (before.length > 0 ? write(before) : client.send(new DeleteBucketLifecycleCommand(target)));
  return kept;
}

export const capabilities = {
  checksumSha256Enforced: {
    what: 'a signed SHA-256 keeps another file of the same length out',
    without: 'completion reads the stored bytes and compares',
    probe: (context) => keepsOut(context, { checksumSha256: sha256(body) }),
  },
  contentMd5Enforced: {
    what: 'a signed Content-MD5 keeps another file of the same length out',
    without: 'completion reads the stored bytes and compares',
    probe: (context) => keepsOut(context, { contentMd5: md5(body) }),
  },
  checksumSha256Told: {
    what: 'HEAD tells the SHA-256 an object was written with',
    without: 'completion reads the stored bytes and hashes them',
    probe: async (context) => {
      const key = context.newKey();
      const put = { ...described, checksumSha256: sha256(body), ...inFifteenMinutes() };
      const { url, method, headers } = context.signing.put(key, put);
      await sendRequest(url, { method, headers, body });
      return (await context.store.head(key))?.checksumSha256 === sha256(body);
    },
  },
  etagIsMd5: {
    what: 'the ETag of a single PUT is the MD5 of its body',
    without: 'ETags are only compared with each other',
    probe: async ({ store, newKey }) => (await store.put(newKey(), body, png)).etag === md5Hex(body),
  },
  createOnly: {
    what: 'If-None-Match: * keeps an existing object from being overwritten',
    without: 'only the server writes final keys, and each key once',
    probe: async ({ store, client, bucket, newKey }) => {
      const key = newKey();
      await store.put(key, body, png);
      const put = new PutObjectCommand({ Bucket: bucket, Key: key, Body: sameLength, IfNoneMatch: '*' });
      return !(await accepted(client.send(put), [412, 501]));
    },
  },
  replaceOnlyMatching: {
    what: 'If-Match keeps an object that changed meanwhile from being overwritten',
    without: 'only the server writes final keys, and each key once',
    probe: async ({ store, client, bucket, newKey }) => {
      const key = newKey();
      await store.put(key, body, png);
      const put = new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: sameLength,
        IfMatch: `"${md5Hex(sameLength)}"`,
      });
      return !(await accepted(client.send(put), [412, 501]));
    },
  },
  conditionalCopy: {
    what: 'a copy is refused when its source has another ETag by now',
    without: 'the copy is compared with what was verified, and deleted when it differs',
    probe: async ({ store, newKey }) => {
      const source = newKey();
      await store.put(source, body, png);
      return store.copy(source, newKey(), { ifSourceMatch: md5Hex(sameLength) }).then(
        () => false,
        (error: { failure?: string }) => error.failure === 'precondition_failed',
      );
    },
  },
  createOnlyInParts: {
    what: 'If-None-Match: * keeps the completion of an upload in parts from overwriting',
    without: 'the final key of every upload is new',
    probe: async (context) => {
      const key = context.newKey();
      await context.store.put(key, body, png);
      const upload = await beginMultipart(context, key);
      const part = await sendPart(context, upload, { number: 1, body: sameLength });
      const completion = { ...upload, MultipartUpload: { Parts: [part] }, IfNoneMatch: '*' };
      return !(await accepted(
        context.client.send(new CompleteMultipartUploadCommand(completion)),
        [412, 501],
      ));
    },
  },
  unsignedAclRefused: {
    what: 'an unsigned x-amz-acl on a signed upload URL is refused',
    without: 'buckets must forbid public objects, and the promoted copy takes no permissions along',
    probe: async (context) =>
      (await sendWithUnsigned(context, context.newKey(), { 'x-amz-acl': 'public-read' })) === 403,
  },
  unsignedCopySourceStopped: {
    what: 'an unsigned x-amz-copy-source does not turn an upload into a copy of another object',
    without:
      'upload URLs can be signed by a key that may only write, and completion compares size and checksum',
    probe: async (context) => {
      const [victim, key] = [context.newKey('secret'), context.newKey()];
      const secret = Buffer.from('nobody else may see this');
      await context.store.put(victim, secret, png);
      await sendWithUnsigned(context, key, { 'x-amz-copy-source': `/${context.bucket}/${victim}` });
      const stat = await context.store.head(key);
      return stat === null || !(await context.store.readRange(key, 0, stat.size)).equals(secret);
    },
  },
  refusalReadableByPage: {
    what: 'a refused upload answers with CORS headers',
    without: 'the page sees a network error, and the SDK says what it may mean',
    probe: async (context) => {
      const { url, method, headers } = context.signing.put(context.newKey(), {
        ...described,
        ...inFifteenMinutes(),
      });
      const refused = await withCors(context, () =>
        sendRequest(`${url}x`, { method, headers: { ...headers, origin: APP_ORIGIN }, body }),
      );
      if (refused.status !== 403) throw new Error(`A broken signature was answered ${refused.status}`);
      return refused.headers['access-control-allow-origin'] === APP_ORIGIN;
    },
  },
  batchDelete: {
    what: 'many objects are deleted with one call',
    without: 'objects are deleted one by one',
    probe: async ({ store, client, bucket, newKey }) => {
      const keys = [newKey('a b'), newKey('<&>')];
      for (const key of keys) await store.put(key, body, png);
      const Delete = { Objects: keys.map((Key) => ({ Key })), Quiet: true };
      if (!(await accepted(client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete })), LACKING)))
        return false;
      return (await Promise.all(keys.map((key) => store.head(key)))).every((stat) => stat === null);
    },
  },
  tagging: {
    what: 'objects carry tags',
    without: 'nothing of the product depends on tags',
    probe: async ({ store, client, bucket, newKey }) => {
      const target = { Bucket: bucket, Key: newKey() };
      await store.put(target.Key, body, png);
      const Tagging = { TagSet: [{ Key: 'state', Value: 'verified' }] };
      if (!(await accepted(client.send(new PutObjectTaggingCommand({ ...target, Tagging })), LACKING)))
        return false;
      const { TagSet } = await client.send(new GetObjectTaggingCommand(target));
      return JSON.stringify(TagSet) === JSON.stringify(Tagging.TagSet);
    },
  },
  lifecycle: {
    what: 'a lifecycle rule for abandoned uploads is kept',
    without: 'the reconciler alone clears abandoned uploads away',
    probe: keepsLifecycle,
  },
} satisfies Record<string, Capability>;

export type CapabilityName = keyof typeof capabilities;
