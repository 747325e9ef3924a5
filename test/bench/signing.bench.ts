import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl, S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { UrlSigner, type Signing } from '@slipway/platform/object-store/url-signer';
import { atLeast, type BenchRow, median } from './bench-row';

const ROUNDS = 5;
const bucket = 'assets';
const region = 'eu-central-1';
const host = `${bucket}.s3.${region}.amazonaws.com`;
const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const signingDate = new Date('2026-05-01T10:00:00Z');
const expiresIn = 4500;

const keyOf = (index: number): string =>
  `projects/PRJ-01J9ZQ4Y8M7V6T5S3R2Q1P0N9M/assets/AST-${String(index).padStart(26, '0')}/thumbnail.jpg`;

const requestFor = (key: string) => ({
  method: 'GET',
  protocol: 'https:',
  hostname: host,
  path: `/${key}`,
  query: { 'x-id': 'GetObject' },
  headers: { host },
});

interface Contender {
  name: string;
  /** Calls in one round; enough for the clock, few enough that the slowest does not hold up the run. */
  calls: number;
  sign: (index: number) => unknown;
}

/** Signatures per second of CPU: the time of the clock would count what else the machine is doing. */
async function round({ calls, sign }: Contender): Promise<number> {
  const before = process.cpuUsage();
  for (let index = 0; index < calls; index += 1) await sign(index);
  const { user, system } = process.cpuUsage(before);
  return calls / ((user + system) / 1e6);
}

function contenders(signing: Signing, client: S3Client): Contender[] {
  const presigner = new S3RequestPresigner({ ...client.config, region, credentials });
  const stable = { now: signingDate, expiresIn: 3600, windowSeconds: 900 };
  const put = {
    size: 1_048_576,
    contentType: 'image/png',
    checksumSha256: 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=',
  };
  return [
    { name: 'access URLs signed', calls: 20_000, sign: (index) => signing.get(keyOf(index), stable) },
    {
      name: 'upload URLs signed',
      calls: 20_000,
      sign: (index) => signing.put(keyOf(index), { ...put, now: signingDate, expiresIn: 900 }),
    },
    {
      name: 'getSignedUrl',
      calls: 300,
      sign: (index) =>
        getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: keyOf(index) }), {
          signingDate,
          expiresIn,
        }),
    },
    {
      name: 'S3RequestPresigner.presign',
      calls: 2_000,
      sign: async (index) => {
        const { path, query } = await presigner.presign(requestFor(keyOf(index)), { signingDate, expiresIn });
        return `https://${host}${path}?${new URLSearchParams(query as Record<string, string>).toString()}`;
      },
    },
  ];
}

/** Rounds take turns, so that a busy moment of the machine falls on all of them. */
async function medians(all: Contender[]): Promise<Map<string, number>> {
  for (const contender of all) await round(contender);
  const figures = new Map(all.map(({ name }) => [name, [] as number[]]));
  for (let turn = 0; turn < ROUNDS; turn += 1) {
    for (const contender of all) figures.get(contender.name)?.push(await round(contender));
  }
  return new Map([...figures].map(([name, values]) => [name, median(values)]));
}

export async function benchSigning(): Promise<BenchRow[]> {
  const client = createS3Client({ region, forcePathStyle: false, credentials });
  const signing = await new UrlSigner({
    bucket,
    region,
    forcePathStyle: false,
    credentials: async () => credentials,
  }).open();
  const figures = await medians(contenders(signing, client));
  client.destroy();
  const of = (name: string): number => Math.round(figures.get(name) ?? 0);
  const unit = 'per CPU second';
  const ours = of('access URLs signed');
  const against = (baseline: string, least: number): BenchRow => {
    const ratio = ours / of(baseline);
    const name = `access URLs signed, against ${baseline}`;
    return {
      name,
      value: ours,
      unit,
      baseline: `${of(baseline)}`,
      ratio,
      target: atLeast(ratio, least, ' ×'),
    };
  };
  return [
    against('getSignedUrl', 50),
    against('S3RequestPresigner.presign', 5),
    { name: 'upload URLs signed', value: of('upload URLs signed'), unit },
  ];
}
