import { checkTags } from '../attributes/tag-rules';
import { readProtectedXmlBody } from '../http/read-xml-body';
import type { S3Call } from '../http/s3-call';
import type { S3Response } from '../http/s3-response';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html */
export async function putObjectTagging(call: S3Call): Promise<S3Response> {
  const root = await readProtectedXmlBody(call, 'Tagging');
  const tags = root.child('TagSet')?.children('Tag') ?? [];
  const pairs = tags.map((tag) => [tag.requireText('Key'), tag.requireText('Value')] as const);
  await call.store.objects.replaceTags(call.bucket, call.key, checkTags(pairs));
  return { status: 200 };
}
