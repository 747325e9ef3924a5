import type { UploadUrlInput } from '../client/wire.js';
import { contentTypeOf } from './content-type.js';
import type { UploadOptions } from './upload-options.js';
import { validateFile } from './validate-file.js';

const ownName = (file: Blob): string => ('name' in file && typeof file.name === 'string' ? file.name : '');

/** What the API is told of the file, its checksum apart. Throws `FileError` when it cannot be uploaded. */
export function announceFile({ projectId, file, rules, ...given }: UploadOptions): UploadUrlInput {
  const name = given.fileName ?? ownName(file);
  const type = contentTypeOf({ type: given.contentType ?? file.type }, name);
  const { error } = validateFile({ name, size: file.size, type }, rules);
  if (error) throw error;
  return { project_id: projectId, file_name: name, file_size: file.size, content_type: type };
}
