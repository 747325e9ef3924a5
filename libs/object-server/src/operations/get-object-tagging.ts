import type { S3Call } from '../http/s3-call';
import { xmlResponse, type S3Response } from '../http/s3-response';
import { branch, leaf, xmlDocument } from '../xml/build-xml';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html */
export function getObjectTagging({ bucket, key, store }: S3Call): S3Response {
  const { tags } = store.objects.require(bucket, key);
  const elements = Object.entries(tags).map(([name, value]) =>
    branch('Tag', leaf('Key', name), leaf('Value', value)),
  );
  return xmlResponse(xmlDocument('Tagging', branch('TagSet', ...elements)));
}
