import {
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  PutBucketCorsCommand,
} from '@aws-sdk/client-s3';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { setupBucket, type SetupStep } from '@slipway/platform/object-store/setup-bucket';
import { Client } from 'pg';
import type { RunningStorage } from '../support/object-stores';
import { startProcess } from '../support/processes';
import { storageForTests } from '../support/storage-for-tests';
import { createEmptyDatabase, type TestDatabase } from '../support/test-database';

describe.each(storageForTests())('The set-up of a bucket on $name', (choice) => {
  let storage: RunningStorage;
  let client: ReturnType<typeof createS3Client>;

  beforeAll(async () => {
    storage = await choice.start();
    client = createS3Client(storage);
  });

  afterAll(async () => {
    client.destroy();
    await storage.stop();
  });

  const prepare = (bucket: string, corsOrigins: string[]): Promise<SetupStep[]> =>
    setupBucket(client, { bucket, corsOrigins });

  const corsRules = async (bucket: string) =>
    (await client.send(new GetBucketCorsCommand({ Bucket: bucket }))).CORSRules ?? [];

  it('makes it, opens it to the dashboard’s pages and has it clear up what is left unfinished', async () => {
    const steps = await prepare('made-by-setup', ['http://127.0.0.1:3000']);
    expect(steps.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'done']);
    const lifecycle = await client.send(
      new GetBucketLifecycleConfigurationCommand({ Bucket: 'made-by-setup' }),
    );
    expect(lifecycle.Rules).toEqual([
      expect.objectContaining({
        Status: 'Enabled',
        Filter: { Prefix: 'incoming/' },
        Expiration: { Days: 1 },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
      }),
      expect.objectContaining({
        Status: 'Enabled',
        Filter: { Prefix: 'projects/' },
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
      }),
    ]);
    const answer = await fetch(`${storage.endpoint}/made-by-setup/incoming/x`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://127.0.0.1:3000',
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'content-type,x-amz-checksum-sha256',
      },
    });
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://127.0.0.1:3000');
  });

  it('can be repeated with other origins, and keeps the rules of others', async () => {
    await prepare('shared', ['http://old.example.com']);
    const others = { ID: 'others', AllowedMethods: ['GET'], AllowedOrigins: ['https://others.example.com'] };
    const CORSRules = [...(await corsRules('shared')), others];
    await client.send(new PutBucketCorsCommand({ Bucket: 'shared', CORSConfiguration: { CORSRules } }));
    await prepare('shared', ['http://new.example.com']);
    expect((await corsRules('shared')).map((rule) => rule.AllowedOrigins)).toEqual([
      ['https://others.example.com'],
      ['http://new.example.com'],
    ]);
  });

  it('runs as a command that prepares database and bucket, as often as one likes', async () => {
    const database: TestDatabase = await createEmptyDatabase();
    const env = {
      DATABASE_URL: database.url,
      S3_ENDPOINT: storage.endpoint,
      S3_BUCKET: 'from-the-command',
      AWS_ACCESS_KEY_ID: storage.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: storage.credentials.secretAccessKey,
    };
    for (let run = 0; run < 2; run += 1) {
      const setup = startProcess('apps/standalone/src/setup.js', { env });
      expect(await setup.exited).toEqual({ code: 0, signal: null });
      expect(setup.output).toMatch(/^Bucket "from-the-command" at .*\n(  .*: done.*\n){4}Ready\n$/);
    }
    expect(await corsRules('from-the-command')).toHaveLength(1);
    const connection = new Client({ connectionString: database.url });
    await connection.connect();
    const { rows } = await connection.query('select count(*)::int as projects from projects');
    await connection.end();
    expect(rows).toEqual([{ projects: 0 }]);
    await database.drop();
  });
});
