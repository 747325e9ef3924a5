import { S3Error } from '../errors/s3-error';
import type { Query } from '../http/query';
import { encodeUriPath } from '../http/uri-encoding';

const PAGE_LIMIT = 1000;
const MAX_INT = 2 ** 31 - 1;

/** `max-keys` and its like: at most 1,000, which is also the default. Throws InvalidArgument. */
export function readLimit(query: Query, name: string): number {
  return Math.min(readInteger(query, name) ?? PAGE_LIMIT, PAGE_LIMIT);
}

export function readInteger(query: Query, name: string): number | undefined {
  const text = query.get(name);
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,10}$/.test(text) && Number(text) <= MAX_INT) return Number(text);
  throw new S3Error('InvalidArgument', {
    message: `Argument ${name} must be an integer between 0 and ${MAX_INT}`,
    fields: { ArgumentName: name, ArgumentValue: text },
  });
}

/** `encoding-type=url` lets keys with control characters through XML. Throws InvalidArgument for other types. */
export function readEncoder(query: Query): (text: string) => string {
  const type = query.get('encoding-type');
  if (type === undefined) return (text) => text;
  if (type === 'url') return encodeUriPath;
  throw new S3Error('InvalidArgument', {
    message: 'Invalid Encoding Method specified in Request',
    fields: { ArgumentName: 'encoding-type', ArgumentValue: type },
  });
}
