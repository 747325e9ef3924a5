import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import sharp from 'sharp';
import { BenchClient, hashed } from './bench-client';
import { type BenchRow, median } from './bench-row';
import type { BenchStage } from './bench-stage';
import { cpuSeconds, residentMegabytes } from './process-usage';

const PHOTOS = 8;
const SETTLING_MS = 3_000;
const PATIENCE_MS = 60_000;

/** 4000 × 3000 pixels with the structure of a photo: noise drawn large, so that it compresses as one does. */
async function photo(): Promise<Buffer<ArrayBuffer>> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 50 };
  const create = { width: 1000, height: 750, channels: 3 as const, background: 'white', noise };
  const small = await sharp({ create }).png().toBuffer();
  return Buffer.from(await sharp(small).resize(4000, 3000).jpeg({ quality: 90 }).toBuffer());
}

/** Milliseconds of CPU of what libvips needs alone, in this process and warm. */
async function sharpAlone(body: Buffer): Promise<number> {
  sharp.cache(false);
  sharp.concurrency(1);
  const times: number[] = [];
  for (let round = 0; round < PHOTOS; round += 1) {
    const before = process.cpuUsage();
    await sharp(body).autoOrient().resize(400, 300, { fit: 'inside' }).jpeg({ quality: 80 }).toBuffer();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return median(times);
}

async function untilNoneWaits(database: Client): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const { rowCount } = await database.query(`select from renditions where status = 'pending' limit 1`);
    if (rowCount === 0) return;
    if (Date.now() > deadline) throw new Error('The worker did not make its renditions in time');
    await sleep(50);
  }
}

/** What the benches before have left to do is not what is measured here. */
async function emptyQueue(database: Client): Promise<void> {
  await database.query(`delete from graphile_worker._private_jobs`);
  await database.query(`update renditions set status = 'failed' where status = 'pending'`);
}

export async function benchWorker(stage: BenchStage): Promise<BenchRow[]> {
  const database = new Client({ connectionString: stage.databaseUrl });
  await database.connect();
  const client = await BenchClient.join(stage.apiUrl);
  try {
    await emptyQueue(database);
    const { pid } = stage.startWorker();
    await sleep(SETTLING_MS);
    const idle = residentMegabytes(pid);
    const file = hashed({ name: 'photo.jpg', contentType: 'image/jpeg', body: await photo() });
    // The first warms up.
    await client.upload(file);
    await untilNoneWaits(database);
    const before = cpuSeconds(pid);
    for (let count = 0; count < PHOTOS; count += 1) await client.upload(file);
    await untilNoneWaits(database);
    const each = ((cpuSeconds(pid) - before) * 1000) / PHOTOS;
    const alone = await sharpAlone(file.body);
    return [
      { name: 'memory of the worker, idle', value: idle, unit: 'MB' },
      {
        name: 'a 12-megapixel JPEG: thumbnail in a child process, and QR code',
        value: 1000 / each,
        unit: 'per CPU second',
        baseline: `sharp: ${(1000 / alone).toFixed(1)}`,
        ratio: alone / each,
      },
    ];
  } finally {
    client.close();
    await database.end();
  }
}
