import { S3Error } from '../errors/s3-error';
import { readProtectedXmlBody } from '../http/read-xml-body';
import type { S3Call } from '../http/s3-call';
import type { S3Response } from '../http/s3-response';
import type { PublicAccessBlock } from '../store/records';
import type { XmlElement } from '../xml/xml-element';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html */
export async function putPublicAccessBlock(call: S3Call): Promise<S3Response> {
  const root = await readProtectedXmlBody(call, 'PublicAccessBlockConfiguration');
  const block: PublicAccessBlock = {
    BlockPublicAcls: readFlag(root, 'BlockPublicAcls'),
    IgnorePublicAcls: readFlag(root, 'IgnorePublicAcls'),
    BlockPublicPolicy: readFlag(root, 'BlockPublicPolicy'),
    RestrictPublicBuckets: readFlag(root, 'RestrictPublicBuckets'),
  };
  await call.store.buckets.putConfiguration(call.bucket, { 'public-access-block': block });
  return { status: 200 };
}

function readFlag(root: XmlElement, name: string): boolean {
  const text = root.text(name)?.trim().toLowerCase() ?? 'false';
  if (text !== 'true' && text !== 'false') throw new S3Error('MalformedXML');
  return text === 'true';
}
