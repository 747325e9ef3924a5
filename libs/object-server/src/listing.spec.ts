import { ListObjectsV2Command, PutObjectCommand, type ListObjectsV2CommandInput } from '@aws-sdk/client-s3';
import * as fc from 'fast-check';
import { BUCKET, startTestServer, type TestServer } from './testing/test-server';

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.close());

const fill = (keys: readonly string[]) =>
  Promise.all(keys.map((Key) => server.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: Key }))));

interface Listed {
  keys: string[];
  prefixes: string[];
  pages: number;
}

/** Follows the continuation tokens to the end. */
async function list(input: Partial<ListObjectsV2CommandInput> = {}): Promise<Listed> {
  const listed: Listed = { keys: [], prefixes: [], pages: 0 };
  let ContinuationToken: string | undefined;
  do {
    const page = await server.s3.send(
      new ListObjectsV2Command({ Bucket: BUCKET, ...input, ContinuationToken }),
    );
    listed.keys.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''));
    listed.prefixes.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix ?? ''));
    listed.pages++;
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return listed;
}

const byBytes = (left: string, right: string): number =>
  Buffer.compare(Buffer.from(left), Buffer.from(right));

test('keys of any characters are kept apart and listed in the order of their bytes', async () => {
  const segment = fc.oneof(
    fc.constantFrom(
      '..',
      '.',
      '',
      'a',
      'A',
      '%2e%2e',
      'é',
      'e\u0301',
      '\u{1f600}',
      '\uff21',
      ' ',
      '+',
      'x'.repeat(300),
    ),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
  );
  const key = fc
    .array(segment, { minLength: 1, maxLength: 4 })
    .map((segments) => segments.join('/'))
    .filter((text) => text !== '' && Buffer.byteLength(text) <= 1024);
  const [keys = []] = fc.sample(fc.uniqueArray(key, { minLength: 60, maxLength: 60 }), {
    numRuns: 1,
    seed: 7,
  });
  await fill(keys);
  const { keys: found, pages } = await list({ MaxKeys: 7, EncodingType: 'url' });
  expect(found.map(decodeURIComponent)).toEqual([...keys].sort(byBytes));
  expect(pages).toBe(Math.ceil(keys.length / 7));
});

describe('a tree of keys', () => {
  beforeEach(() => fill(['a/1', 'a/2', 'a/b/3', 'a-', 'a0', 'b', 'c/4', 'c/5']));

  test.each([1, 2, 3, 1000])('is folded at the delimiter, in pages of %d', async (MaxKeys) => {
    const { keys, prefixes } = await list({ Delimiter: '/', MaxKeys });
    expect({ keys, prefixes }).toEqual({ keys: ['a-', 'a0', 'b'], prefixes: ['a/', 'c/'] });
  });

  test('is listed below a prefix', async () => {
    const { keys, prefixes } = await list({ Prefix: 'a/', Delimiter: '/' });
    expect({ keys, prefixes }).toEqual({ keys: ['a/1', 'a/2'], prefixes: ['a/b/'] });
    expect((await list({ Prefix: 'a' })).keys).toEqual(['a-', 'a/1', 'a/2', 'a/b/3', 'a0']);
    expect((await list({ Prefix: 'nothing' })).keys).toEqual([]);
  });

  test('is listed from behind a key that need not exist', async () => {
    expect((await list({ StartAfter: 'a/2' })).keys).toEqual(['a/b/3', 'a0', 'b', 'c/4', 'c/5']);
    expect((await list({ StartAfter: 'bb' })).keys).toEqual(['c/4', 'c/5']);
  });

  test('tells how many a page holds, and nothing when none are wanted', async () => {
    const page = await server.s3.send(
      new ListObjectsV2Command({ Bucket: BUCKET, Delimiter: '/', MaxKeys: 2 }),
    );
    expect(page).toMatchObject({ KeyCount: 2, IsTruncated: true, MaxKeys: 2 });
    const none = await server.s3.send(new ListObjectsV2Command({ Bucket: BUCKET, MaxKeys: 0 }));
    expect(none).toMatchObject({ KeyCount: 0, IsTruncated: false });
  });
});

test('a token that this server never gave is refused', async () => {
  await expect(
    server.s3.send(new ListObjectsV2Command({ Bucket: BUCKET, ContinuationToken: 'made up' })),
  ).rejects.toMatchObject({ name: 'InvalidArgument' });
});
