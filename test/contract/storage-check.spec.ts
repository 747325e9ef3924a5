import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { S3ObjectStore } from '@slipway/platform/object-store/s3-object-store';
import { setupBucket } from '@slipway/platform/object-store/setup-bucket';
import { isSafe, type Finding } from '@slipway/platform/object-store/storage-check/ask-probes';
import { checkStorage, type CheckOptions } from '@slipway/platform/object-store/storage-check/check-storage';
import { findProfile, profileOfFindings } from '@slipway/platform/object-store/storage-check/find-profile';
import type { RunningStorage } from '../support/object-stores';
import { storageForTests } from '../support/storage-for-tests';
import { profileOf } from './profiles';

const origin = 'https://app.example.com';

/** What the check asks and the contract does not. */
const asked: Record<string, Record<string, boolean>> = {
  embedded: {
    events: false,
    unsignedCopySourceStopped: true,
    partSha256Enforced: true,
    partSha256Told: true,
    partMd5Enforced: true,
    partEtagIsMd5: true,
    uploadKeyCannotRead: true,
    uploadKeyCannotList: true,
    uploadKeyCannotDelete: true,
    storageClass: false,
  },
  'ceph-16.2': {
    events: true,
    // Obeyed, but the upload key cannot read what it would copy.
    unsignedCopySourceStopped: true,
    partSha256Enforced: false,
    partSha256Told: false,
    partMd5Enforced: true,
    partEtagIsMd5: true,
    uploadKeyCannotRead: true,
    uploadKeyCannotList: true,
    uploadKeyCannotDelete: true,
    storageClass: false,
  },
};

const page = readFileSync(join(__dirname, '../../docs/STORAGES.md'), 'utf8');

/** Need and answer in the measured table of docs/STORAGES.md, by what a row states. */
function documented(column: string): Record<string, string> {
  const rows = page
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const index = rows[0]?.indexOf(column) ?? -1;
  return Object.fromEntries(rows.slice(2).map((cells) => [cells[1] ?? '', `${cells[2]}: ${cells[index]}`]));
}

/** Those that somebody has measured. */
const storages = storageForTests().filter(({ name }) => profileOf(name) !== undefined);

describe.each(storages)('The check of a storage on $name', (choice) => {
  const { name } = choice;
  let storage: RunningStorage;
  let client: ReturnType<typeof createS3Client>;
  const check = (change: Partial<CheckOptions> = {}): Promise<Finding[]> =>
    checkStorage({
      storage: { ...storage, publicEndpoint: storage.endpoint },
      credentials: storage.credentials,
      uploadCredentials: storage.uploadCredentials ?? null,
      origin,
      ...change,
    });
  const answersOf = (findings: Finding[]): Record<string, string> =>
    Object.fromEntries(findings.map((finding) => [finding.name, finding.answer]));

  beforeAll(async () => {
    storage = await choice.start();
    client = createS3Client(storage);
  });

  afterAll(async () => {
    client.destroy();
    await storage.stop();
  });

  it('misses the rules of a bucket that nobody has set up, and calls it unsafe', async () => {
    const findings = await check();
    expect(answersOf(findings)).toMatchObject({ uploadStored: 'yes', corsPreflight: 'no', lifecycle: 'no' });
    expect(isSafe(findings)).toBe(false);
  });

  it('is set up in every step, leaving off what would stop all writing', async () => {
    const steps = await setupBucket(client, { bucket: storage.bucket, corsOrigins: [origin] });
    expect(steps.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'done']);
    expect(steps.flatMap(({ reason }) => reason ?? [])).toEqual(
      name === 'ceph-16.2' ? ['without BlockPublicAcls, under which nothing could be written'] : [],
    );
  });

  it('finds what the contract found, and what docs/STORAGES.md says', async () => {
    const findings = await check();
    expect(findings.filter(({ reason }) => reason !== null)).toEqual([]);
    expect(isSafe(findings)).toBe(true);

    const expected: Record<string, boolean> = { ...profileOf(name), ...asked[name] };
    const capabilities = findings.filter(({ need }) => need === 'capability');
    const found = Object.fromEntries(capabilities.map((finding) => [finding.name, finding.answer === 'yes']));
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((key) => [key, expected[key]])));

    const told = Object.fromEntries(findings.map(({ what, need, answer }) => [what, `${need}: ${answer}`]));
    expect(documented(name)).toMatchObject(told);
  });

  it('finds what the contract found of unsigned copy sources where clients upload by the server’s own key', async () => {
    const answers = answersOf(await check({ uploadCredentials: null }));
    const { unsignedCopySourceStopped } = profileOf(name) ?? {};
    expect(answers).toMatchObject({ unsignedCopySourceStopped: unsignedCopySourceStopped ? 'yes' : 'no' });
    expect(Object.keys(answers).filter((asking) => asking.startsWith('uploadKey'))).toEqual([]);
  });

  it('finds out an upload key that can do more than upload', async () => {
    const findings = await check({ uploadCredentials: storage.credentials });
    expect(answersOf(findings)).toMatchObject({
      uploadKeySendsParts: 'yes',
      uploadKeyCannotRead: 'no',
      uploadKeyCannotList: 'no',
      uploadKeyCannotDelete: 'no',
    });
    // No worse than without one.
    expect(isSafe(findings)).toBe(true);
  });

  it('tells how parts are bound, in one voice with the API and with what the tests run on', async () => {
    const profile = { partChecksum: storage.partChecksum };
    expect(profileOfFindings(await check())).toEqual(profile);
    expect(await findProfile(client, storage.bucket)).toEqual(profile);
  });

  it('leaves nothing behind, not even parts', async () => {
    await check();
    await findProfile(client, storage.bucket);
    expect((await new S3ObjectStore(client, storage.bucket).list('')).objects).toEqual([]);
    const { Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket: storage.bucket }));
    expect(Uploads ?? []).toEqual([]);
  });
});
