import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { S3ObjectStore } from '@slipway/platform/object-store/s3-object-store';
import { Client } from 'pg';
import { makeTestFolder } from '../support/test-folder';
import { BenchClient } from './bench-client';
import { atLeast, below, type BenchRow, median } from './bench-row';
import { startBenchStage, type BenchStage } from './bench-stage';
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

const SLOW_SIZE = 64 * 1024 ** 2;
const SLOW_BYTES_PER_SECOND = 100e6 / 8;

const TARGETS = { bare: 0.9, hashing: 0.65, pageMb: 300, apiGrowth: 1.15, firstByteMs: 500, slowLine: 1.05 };

interface SdkRun {
  size: number;
  job: SdkJob;
}

interface Context {
  stage: BenchStage;
  session: SdkJob;
  /** A sparse file of this many bytes. */
  fileOf: (size: number) => Promise<string>;
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
  const bare = await beginBareParts(stage.storage, size);
  try {
    return await sender.send(await fileOf(size), { bareParts: bare.parts });
  } finally {
    await bare.discard();
  }
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
  const send = (size: number) =>
    peakMemory(pids, () => sendBySdk(context, sender, { size, job: context.session }));
  const smaller = await send(ROUND_SIZE);
  const { result, peak } = await send(FULL_SIZE);
  const name = `5 GiB from ${sender.name}`;
  const growth = peak.api / smaller.peak.api;
  return [
    { name, value: FULL_SIZE / MB / result.seconds, unit: 'MB per second' },
    firstByteRow(name, result),
    {
      name: `${name}: most memory of the sender`,
      value: peak.sender,
      unit: 'MB',
      baseline: smaller.peak.sender.toFixed(0),
      ratio: peak.sender / smaller.peak.sender,
      ...(sender.name === 'Chromium' && { target: below(peak.sender, TARGETS.pageMb, ' MB') }),
    },
    {
      name: `${name}: most memory of the API, against 1 GiB`,
      value: peak.api,
      unit: 'MB',
      baseline: smaller.peak.api.toFixed(0),
      ratio: growth,
      target: below(growth, TARGETS.apiGrowth, ' ×'),
    },
  ];
}

function firstByteRow(name: string, { firstByteMs = Number.NaN }: Sent): BenchRow {
  const target = below(firstByteMs, TARGETS.firstByteMs, ' ms');
  return { name: `${name}: until the first byte was sent`, value: firstByteMs, unit: 'ms', target };
}

/** On a line of 100 Mbit/s, where hashing should hide behind the sending. */
async function benchSlowLine(context: Context, sender: Sender): Promise<BenchRow[]> {
  const bare: number[] = [];
  const hashed: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push((await sendBare(context, sender, SLOW_SIZE)).seconds);
    hashed.push((await sendBySdk(context, sender, { size: SLOW_SIZE, job: context.session })).seconds);
  }
  const ratio = median(hashed) / median(bare);
  return [
    {
      name: `64 MiB on 100 Mbit/s from ${sender.name}, hashed, against bare PUTs of the parts`,
      value: median(hashed),
      unit: 'seconds',
      baseline: median(bare).toFixed(2),
      ratio,
      target: below(ratio, TARGETS.slowLine, ' ×'),
    },
  ];
}

type Bench = (context: Context, sender: Sender) => Promise<BenchRow[]>;

async function inEachRuntime(stage: BenchStage, benches: Bench[]): Promise<BenchRow[]> {
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
        for (const bench of benches) rows.push(...(await bench(context, sender)));
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

/** A sparse file through the SDK, in Node and in Chromium, against PUTs of the same parts to the same server. */
export const benchLargeFile = (stage: BenchStage): Promise<BenchRow[]> =>
  inEachRuntime(stage, [benchSpeed, benchFullSize]);

/** The same over a line that is slower than everything else, to a storage of its own. */
export async function benchLargeFileOnSlowLine(): Promise<BenchRow[]> {
  const slow = await startBenchStage({ bytesPerSecond: SLOW_BYTES_PER_SECOND });
  try {
    return await inEachRuntime(slow, [benchSlowLine]);
  } finally {
    await slow.stop();
  }
}
