import { S3Error } from '../errors/s3-error';
import { XmlElement } from '../xml/xml-element';
import type { S3Call } from './s3-call';

/** A thousand keys of 1,024 bytes, escaped, or ten thousand parts. */
const MAX_XML = 4 * 1024 * 1024;

export async function readXmlBody(call: S3Call, rootName: string): Promise<XmlElement> {
  const text = await readTextBody(call);
  return XmlElement.parse(text, rootName);
}

/** As above for operations where S3 insists on a digest of the body. */
export function readProtectedXmlBody(call: S3Call, rootName: string): Promise<XmlElement> {
  if (!call.payload.isProtected) {
    throw new S3Error('InvalidRequest', {
      message: 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*',
    });
  }
  return readXmlBody(call, rootName);
}

export async function readTextBody({ payload }: S3Call): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of payload.chunks()) {
    size += chunk.length;
    if (size > MAX_XML) throw new S3Error('EntityTooLarge', { fields: { MaxSizeAllowed: String(MAX_XML) } });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
