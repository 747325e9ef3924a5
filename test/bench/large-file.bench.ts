import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { S3ObjectStore } from '@slipway/platform/object-store/s3-object-store';
import { Client } from 'pg';
import { makeTestFolder } from '../support/test-folder';
import { BenchClient } from './bench-client';
import { atLeast, below, type BenchRow, median } from './bench-row';
import type { BenchStage } from './bench-stage';
import { beginBareParts, sumsOfZeros } from './large-file/bare-parts';
import { startChromiumSender } from './large-file/chromium-sender';
import { startNodeSender } from './large-file/node-sender';
import { peakMemory } from './large-file/peak-memory';
import type { SdkJob, Sender, Sent } from './large-file/sender';

const GIB = 1024 ** 3;
const MB = 1_000_000;
/** For ratios, in rounds; and once at the size that shows whether memory grows with it. */
const ROUND_SIZE = GIB;
const ROUNDS = 3;
const FULL_SIZE = 5 * GIB;

const TARGETS = { bare: 0.9, hashing: 0.65, pageMb: 300, apiGrowthMb: 40, firstByteMs: 500 };

interface SdkRun {
  size: number;
  job: SdkJob;
}

interface Context {
  stage: BenchStage;
  session: SdkJob;
  /** A sparse file of this many bytes. */
  fileOf(size: number): Promise<string>;
}

async function sparseFile(path: string, size: number): Promise<string> {
  const file = await open(path, 'w');
  try {
    await file.truncate(size);
  } finally {
    await file.close();
  }
  return path;
}

/** The tier of everybody takes what is sent here. */
async function liftLimits({ databaseUrl }: BenchStage): Promise<void> {
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  try {
    await database.query('update tiers set max_bytes = 1e15, max_file_size = 1e13');
  } finally {
    await database.end();
  }
}

/** What was sent is not needed any more, and would fill the disk. */
async function discard({ storage }: BenchStage, { fileKey }: Sent): Promise<void> {
  if (fileKey === undefined) return;
  const client = createS3Client(storage);
  await new S3ObjectStore(client, storage.bucket).delete(fileKey).finally(() => client.destroy());
}

async function sendBySdk({ stage, fileOf }: Context, sender: Sender, { size, job }: SdkRun): Promise<Sent> {
  const sent = await sender.send(await fileOf(size), job);
  await discard(stage, sent);
  return sent;
}

async function sendBare({ stage, fileOf }: Context, sender: Sender, size: number): Promise<Sent> {
  const { parts, discard: free } = await beginBareParts(stage.storage, size);
  return sender.send(await fileOf(size), { bareParts: parts }).finally(free);
}

type Way = 'bare' | 'known' | 'hashed';

async function alternate(context: Context, sender: Sender): Promise<Record<Way, number>> {
  const seconds: Record<Way, number[]> = { bare: [], known: [], hashed: [] };
  const known = { ...context.session, knownSums: sumsOfZeros(ROUND_SIZE) };
  for (let round = 0; round < ROUNDS; round += 1) {
    seconds.bare.push((await sendBare(context, sender, ROUND_SIZE)).seconds);
    seconds.known.push((await sendBySdk(context, sender, { size: ROUND_SIZE, job: known })).seconds);
    seconds.hashed.push(
      (await sendBySdk(context, sender, { size: ROUND_SIZE, job: context.session })).seconds,
    );
  }
  const speed = (way: Way): number => ROUND_SIZE / MB / median(seconds[way]);
  return { bare: speed('bare'), known: speed('known'), hashed: speed('hashed') };
}

async function benchSpeed(context: Context, sender: Sender): Promise<BenchRow[]> {
  const { bare, known, hashed } = await alternate(context, sender);
  const name = `1 GiB in parts from ${sender.name}`;
  const [overhead, hashing] = [known / bare, hashed / known];
  return [
    {
      name: `${name}, sums known, against bare PUTs of the parts`,
      value: known,
      unit: 'MB per second',
      baseline: bare.toFixed(0),
      ratio: overhead,
      target: atLeast(overhead, TARGETS.bare, ' ×'),
    },
    {
      name: `${name}, hashed on the way, against sums known`,
      value: hashed,
      unit: 'MB per second',
      baseline: known.toFixed(0),
      ratio: hashing,
      target: atLeast(hashing, TARGETS.hashing, ' ×'),
    },
  ];
}

async function benchFullSize(context: Context, sender: Sender): Promise<BenchRow[]> {
  const pids = { api: context.stage.apiPid, sender: sender.pid() };
  const work = (): Promise<Sent> => sendBySdk(context, sender, { size: FULL_SIZE, job: context.session });
  const { result, peak, before } = await peakMemory(pids, work);
  const name = `5 GiB from ${sender.name}`;
  const growth = peak.api - before.api;
  const firstByte = result.firstByteMs ?? Number.NaN;
  return [
    { name, value: FULL_SIZE / MB / result.seconds, unit: 'MB per second' },
    {
      name: `${name}: until the first byte was sent`,
      value: firstByte,
      unit: 'ms',
      target: below(firstByte, TARGETS.firstByteMs, ' ms'),
    },
    {
      name: `${name}: most memory of the sender`,
      value: peak.sender,
      unit: 'MB',
      ...(sender.name === 'Chromium' && { target: below(peak.sender, TARGETS.pageMb, ' MB') }),
    },
    {
      name: `${name}: growth of the API meanwhile`,
      value: growth,
      unit: 'MB',
      baseline: before.api.toFixed(0),
      ratio: peak.api / before.api,
      target: below(growth, TARGETS.apiGrowthMb, ' MB'),
    },
  ];
}

/** A sparse file through the SDK, in Node and in Chromium, against PUTs of the same parts to the same server. */
export async function benchLargeFile(stage: BenchStage): Promise<BenchRow[]> {
  await liftLimits(stage);
  const client = await BenchClient.join(stage.apiUrl);
  const folder = await makeTestFolder('large-file');
  const context: Context = {
    stage,
    session: { apiUrl: stage.apiUrl, token: client.token, projectId: client.projectId },
    fileOf: (size) => sparseFile(join(folder.path, String(size)), size),
  };
  const rows: BenchRow[] = [];
  try {
    for (const start of [startNodeSender, () => startChromiumSender(stage.pageUrl)]) {
      const sender = await start();
      try {
        rows.push(...(await benchSpeed(context, sender)), ...(await benchFullSize(context, sender)));
      } finally {
        await sender.close();
      }
    }
  } finally {
    client.close();
    await folder.remove();
  }
  return rows;
}
