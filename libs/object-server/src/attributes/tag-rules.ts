import { S3Error } from '../errors/s3-error';

const MAX_TAGS = 10;
const MAX_KEY_LENGTH = 128;
const MAX_VALUE_LENGTH = 256;

/** The tags as a map. Throws BadRequest or InvalidTag (Amazon S3 User Guide, "Categorizing your storage using tags"). */
export function checkTags(pairs: readonly (readonly [key: string, value: string])[]): Record<string, string> {
  if (pairs.length > MAX_TAGS)
    throw new S3Error('BadRequest', { message: 'Object tags cannot be greater than 10' });
  for (const [key, value] of pairs) {
    if (key === '' || key.length > MAX_KEY_LENGTH) {
      throw new S3Error('InvalidTag', {
        message: 'The TagKey you have provided is invalid',
        fields: { TagKey: key },
      });
    }
    if (value.length > MAX_VALUE_LENGTH) {
      throw new S3Error('InvalidTag', {
        message: 'The TagValue you have provided is invalid',
        fields: { TagValue: value },
      });
    }
  }
  if (new Set(pairs.map(([key]) => key)).size < pairs.length) {
    throw new S3Error('InvalidTag', { message: 'Cannot provide multiple Tags with the same key' });
  }
  return Object.fromEntries(pairs);
}
