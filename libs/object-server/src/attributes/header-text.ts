import { S3Error } from '../errors/s3-error';

/** Text as a response header can carry it: each character one byte of its UTF-8. Throws where it would end the header. */
export function toHeaderText(text: string): string {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  // oxlint-disable-next-line no-control-regex -- these are what a header may not hold
  if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(bytes)) {
    throw new S3Error('InvalidArgument', { message: 'Header value cannot contain control characters' });
  }
  return bytes;
}
