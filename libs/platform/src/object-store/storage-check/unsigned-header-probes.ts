import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { Probe, ProbeContext } from './probe';
import { approved, headObject, putObject, send, signUpload } from './requests';

async function sendWith(
  context: ProbeContext,
  key: string,
  unsigned: Record<string, string>,
): Promise<number> {
  const { url, method, headers } = signUpload(context, key);
  const { status } = await send(url, { method, headers: { ...headers, ...unsigned }, body: approved });
  return status;
}

async function readText({ client, bucket }: ProbeContext, key: string): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return (await Body?.transformToString()) ?? '';
}

/** S3 refuses every `x-amz-*` header that was not signed; others obey some of them. */
export const unsignedHeaderProbes: Probe[] = [
  {
    name: 'unsignedCopySourceStopped',
    what: 'an unsigned x-amz-copy-source does not turn an upload into a copy of another object',
    need: 'capability',
    consequence:
      'who knows the key of another object can copy it over his own upload (CVE-2026-54330, CVE-2026-97731): update the storage, or give it an upload key that may only write',
    ask: async (context) => {
      const [victim, key] = [context.newKey(), context.newKey()];
      const secret = 'nobody else may see this';
      await putObject(context, victim, { Body: Buffer.from(secret) });
      await sendWith(context, key, { 'x-amz-copy-source': `/${context.bucket}/${victim}` });
      return (await headObject(context, key)) === null || (await readText(context, key)) !== secret;
    },
  },
  {
    name: 'unsignedAclRefused',
    what: 'an unsigned x-amz-acl on an upload URL is refused',
    need: 'capability',
    consequence:
      'an uploader can make his own incoming object public until it is promoted: let the bucket block public access (setup does it where the storage can)',
    ask: async (context) => {
      const status = await sendWith(context, context.newKey(), { 'x-amz-acl': 'public-read' });
      if (status >= 500) throw new Error(`The storage answered ${status}`);
      return status >= 400;
    },
  },
];
