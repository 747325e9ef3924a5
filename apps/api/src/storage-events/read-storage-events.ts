import { DomainError } from '@slipway/core/shared/errors';
import type { ObjectCreated } from '@slipway/core/uploads/receive-storage-events';

/** More than any storage puts into one message. */
const MAX_RECORDS = 1000;

const invalid = (message: string): DomainError =>
  new DomainError('invalid_request', 'This is no event of a storage.', {
    errors: [{ field: 'Records', message }],
  });

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const memberOf = (value: unknown, ...path: string[]): unknown =>
  path.reduce((found: unknown, name) => (isObject(found) ? found[name] : undefined), value);

/** PostgreSQL has no text with U+0000, and no storage a key. */
const isKey = (text: string): boolean => !text.includes('\u0000');

/**
 * Keys of S3's own messages are form-encoded: `+` is a space. Null for what cannot be a key. Ceph 16.2 does not encode
 * them; those of uploads read the same either way, and others are of no interest.
 */
function decodedKey(key: string): string | null {
  try {
    const decoded = decodeURIComponent(key.replaceAll('+', ' '));
    return isKey(decoded) ? decoded : null;
  } catch {
    return null;
  }
}

/** `ObjectCreated:Put`, with or without the `s3:` that some storages put before it. */
const CREATED = /^(?:s3:)?ObjectCreated:/;

function fromRecord(record: unknown): ObjectCreated[] {
  const name = memberOf(record, 'eventName');
  const bucket = memberOf(record, 's3', 'bucket', 'name');
  const key = memberOf(record, 's3', 'object', 'key');
  if (typeof name !== 'string' || typeof bucket !== 'string' || typeof key !== 'string') {
    throw invalid('each needs eventName, s3.bucket.name and s3.object.key');
  }
  const decoded = CREATED.test(name) ? decodedKey(key) : null;
  return decoded === null ? [] : [{ bucket, key: decoded }];
}

/** EventBridge wraps one event in members of its own, and does not encode the key. */
function fromEventBridge(message: unknown): ObjectCreated[] | null {
  const [bucket, key] = [
    memberOf(message, 'detail', 'bucket', 'name'),
    memberOf(message, 'detail', 'object', 'key'),
  ];
  if (memberOf(message, 'detail-type') !== 'Object Created') return null;
  if (typeof bucket !== 'string' || typeof key !== 'string') return null;
  return isKey(key) ? [{ bucket, key }] : [];
}

/** What S3 sends to a topic when that is told to speak to us, to see whether anybody listens. */
const isTest = (message: unknown): boolean => memberOf(message, 'Event') === 's3:TestEvent';

/**
 * The created objects that a storage tells of, in S3's message structure or EventBridge's; other events are left out.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 * Fails with `invalid_request`.
 */
export function readStorageEvents(message: unknown): ObjectCreated[] {
  if (isTest(message)) return [];
  const bridged = fromEventBridge(message);
  if (bridged) return bridged;
  const records = memberOf(message, 'Records');
  if (!Array.isArray(records)) throw invalid('must be a list');
  if (records.length > MAX_RECORDS) throw invalid(`must have at most ${MAX_RECORDS} members`);
  return records.flatMap(fromRecord);
}
