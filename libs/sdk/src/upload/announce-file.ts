import type { UploadUrlInput } from '../client/wire.js';
import { contentTypeOf } from './content-type.js';
import type { UploadOptions } from './upload-options.js';
import { validateFile } from './validate-file.js';

/** One PUT carries no more than this, in bytes. */
export const SINGLE_PUT_LIMIT = 100 * 1024 * 1024;

const ownName = (file: Blob): string => ('name' in file && typeof file.name === 'string' ? file.name : '');

/** What the API is told of the file, its checksum apart. Throws `FileError` when it cannot be uploaded. */
export function announceFile({ projectId, file, rules, ...given }: UploadOptions): UploadUrlInput {
  const name = given.fileName ?? ownName(file);
  const type = contentTypeOf({ type: given.contentType ?? file.type }, name);
  const maxSize = Math.min(rules?.maxSize ?? SINGLE_PUT_LIMIT, SINGLE_PUT_LIMIT);
  const { error } = validateFile({ name, size: file.size, type }, { ...rules, maxSize });
  if (error) throw error;
  return { project_id: projectId, file_name: name, file_size: file.size, content_type: type };
}
