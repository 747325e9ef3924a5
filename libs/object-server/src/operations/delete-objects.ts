import { S3Error } from '../errors/s3-error';
import { namesEtag } from '../http/etag';
import { readProtectedXmlBody } from '../http/read-xml-body';
import type { S3Call } from '../http/s3-call';
import { xmlResponse, type S3Response } from '../http/s3-response';
import { branch, leaf, xmlDocument } from '../xml/build-xml';
import type { XmlElement } from '../xml/xml-element';

const MAX_KEYS = 1000;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export async function deleteObjects(call: S3Call): Promise<S3Response> {
  const root = await readProtectedXmlBody(call, 'Delete');
  const isQuiet = root.text('Quiet')?.trim().toLowerCase() === 'true';
  const victims = root.children('Object').map(readVictim);
  if (victims.length === 0 || victims.length > MAX_KEYS) throw new S3Error('MalformedXML');
  call.store.buckets.require(call.bucket);
  // All at once, because deletions that come together share one flush of the disk.
  const results = await Promise.all(victims.map((victim) => deleteOne(call, victim)));
  const shown = results.filter((result) => !isQuiet || result.isRefused);
  return xmlResponse(xmlDocument('DeleteResult', ...shown.map((result) => result.xml)));
}

interface Victim {
  key: string;
  etag: string | undefined;
  versionId: string;
}

const readVictim = (object: XmlElement): Victim => ({
  key: object.requireText('Key'),
  etag: object.text('ETag'),
  versionId: object.text('VersionId') ?? 'null',
});

/** That one key is refused does not stop the others. */
async function deleteOne(
  { bucket, store }: S3Call,
  victim: Victim,
): Promise<{ xml: string; isRefused: boolean }> {
  const { key, etag, versionId } = victim;
  try {
    if (versionId !== 'null') throw new S3Error('NotImplemented');
    await store.objects.delete(bucket, key, (current) => {
      if (etag !== undefined && current && !namesEtag(etag, current.etag))
        throw new S3Error('PreconditionFailed');
    });
    return { xml: branch('Deleted', leaf('Key', key)), isRefused: false };
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    const reason = leaf('Code', error.code) + leaf('Message', error.message);
    return { xml: branch('Error', leaf('Key', key), reason), isRefused: true };
  }
}
