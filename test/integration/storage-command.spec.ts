import { GetPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { openDatabase } from '@slipway/platform/db/database';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { startLaxStorage, type LaxStorage } from '../support/lax-storage';
import { embeddedStorage, type RunningStorage } from '../support/object-stores';
import { startProcess } from '../support/processes';
import { createTestDatabase } from '../support/test-database';

interface Report {
  saved: boolean;
  note: string;
  safe: boolean;
  findings: { name: string; need: string; answer: string }[];
}

async function run(args: string[], env: NodeJS.ProcessEnv = {}) {
  const command = startProcess('apps/standalone/src/storage.js', { args, env });
  const { code } = await command.exited;
  return { code, output: command.output };
}

const key = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret' };

describe('npm run storage', () => {
  let storage: RunningStorage;
  let lax: LaxStorage;

  beforeAll(async () => {
    storage = await embeddedStorage.start();
    lax = await startLaxStorage();
  });

  afterAll(async () => {
    await lax.stop();
    await storage.stop();
  });

  const configured = (bucket: string): NodeJS.ProcessEnv => ({
    S3_ENDPOINT: storage.endpoint,
    S3_BUCKET: bucket,
    AWS_ACCESS_KEY_ID: storage.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: storage.credentials.secretAccessKey,
  });

  it('checks the embedded storage where none is configured', async () => {
    const { code, output } = await run(['check']);
    expect(output).toContain('What the embedded storage does:');
    expect(output).toContain('Safe to use: everything required is there.');
    expect(code).toBe(0);
  });

  it('sets a bucket up, as often as one likes, and then finds it safe', async () => {
    const env = configured('made-by-storage-setup');
    for (let turn = 0; turn < 2; turn += 1) {
      const { code, output } = await run(['setup'], env);
      expect(output.match(/: done$/gm)).toHaveLength(4);
      expect(code).toBe(0);
    }
    const client = createS3Client(storage);
    const block = new GetPublicAccessBlockCommand({ Bucket: 'made-by-storage-setup' });
    const { PublicAccessBlockConfiguration } = await client.send(block).finally(() => client.destroy());
    expect(PublicAccessBlockConfiguration).toMatchObject({
      BlockPublicAcls: true,
      RestrictPublicBuckets: true,
    });

    const { code, output } = await run(['check', '--json'], env);
    expect((JSON.parse(output) as Report).safe).toBe(true);
    expect(code).toBe(0);
  });

  it('saves what it found where API and worker read it, and says so', async () => {
    const database = await createTestDatabase();
    const env = { ...configured(storage.bucket), DATABASE_URL: database.url };
    const { output } = await run(['check'], env);
    expect(output).toMatch(/Saved for API and worker: parts of large files are held to their SHA256\.\n$/);
    const db = await openDatabase({ url: database.url, entities: [], applicationName: 'test' });
    const rows = await db.query('select address, profile from storage_profiles');
    await db.destroy();
    await database.drop();
    expect(rows).toEqual([
      { address: `${storage.endpoint}/${storage.bucket}`, profile: { partChecksum: 'sha256' } },
    ]);
  });

  it.each([
    ['is not named', {}, 'DATABASE_URL is not set'],
    ['is away', { DATABASE_URL: 'postgres://127.0.0.1:1/none' }, 'The database at 127.0.0.1:1/none cannot'],
  ])('says why it saved nothing where the database %s', async (_, env, reason) => {
    const { output } = await run(['check', '--json'], { ...configured(storage.bucket), ...env });
    const { saved, note } = JSON.parse(output) as Report;
    expect(saved).toBe(false);
    expect(note).toContain(`Not saved: ${reason}`);
  });

  it('exits with an error on a storage that takes everything, says what follows, and cleans up there too', async () => {
    const env = { S3_ENDPOINT: lax.url, S3_BUCKET: 'anything', ...key };
    const { code, output } = await run(['check', '--json'], env);
    const { safe, findings } = JSON.parse(output) as Report;
    const answers = Object.fromEntries(findings.map(({ name, answer }) => [name, answer]));
    expect(answers).toMatchObject({
      uploadStored: 'yes',
      lengthSigned: 'no',
      contentTypeSigned: 'no',
      pathSigned: 'no',
      methodSigned: 'no',
      expiryEnforced: 'no',
      unsignedReadRefused: 'no',
      rangeRead: 'no',
      responseOverridden: 'no',
      corsPreflight: 'no',
      checksumSha256Enforced: 'no',
      unsignedAclRefused: 'no',
    });
    expect(safe).toBe(false);
    expect(code).toBe(1);
    expect(lax.keys().filter((stored) => stored.startsWith('incoming/'))).toEqual([]);
    const report = await run(['check'], env);
    expect(report.output).toContain('limits and quotas hold no more');
    expect(report.output).toContain('NOT safe to use');
  });

  it.each([
    ['a bucket that is not there', { S3_BUCKET: 'no-such-bucket' }, /^There is no bucket "no-such-bucket"/],
    ['a wrong key', { AWS_SECRET_ACCESS_KEY: 'wrong' }, /refuses the bucket .*AWS_SECRET_ACCESS_KEY/],
    ['a wrong address', { S3_ENDPOINT: 'http://127.0.0.1:1' }, /does not answer .*Check S3_ENDPOINT/],
  ])('says in one line that it was given %s', async (_, wrong, line) => {
    const { code, output } = await run(['check'], { ...configured(storage.bucket), ...wrong });
    expect(output).toMatch(line);
    expect(output.trimEnd()).not.toContain('\n');
    expect(code).toBe(1);
  });

  it.each([[[]], [['probe']], [['check', '--jsn']]])('tells its usage when called with %p', async (args) => {
    const { code, output } = await run(args);
    expect(output).toMatch(/^Usage: npm run storage/);
    expect(code).toBe(1);
  });
});
