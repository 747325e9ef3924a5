import { S3Error } from '../errors/s3-error';
import type { Credential } from './credentials';

interface Wish {
  operation: string;
  key: string;
}

/** Throws AccessDenied when the key may not do this. */
export function authorize(credential: Credential, { operation, key }: Wish): void {
  if ((credential.access ?? 'full') === 'full') return;
  const mayPut = operation === 'PutObject' && key.startsWith('incoming/');
  const maySendPart =
    operation === 'UploadPart' && (key.startsWith('incoming/') || key.startsWith('projects/'));
  if (!mayPut && !maySendPart) throw new S3Error('AccessDenied');
}
