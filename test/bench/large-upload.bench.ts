import { randomBytes } from 'node:crypto';
import { UrlSigner } from '@slipway/platform/object-store/url-signer';
import { BenchClient, hashed, type HashedFile } from './bench-client';
import { type BenchRow, median } from './bench-row';
import type { BenchStage } from './bench-stage';
import { HttpCaller } from './http-caller';
import { cpuSeconds } from './process-usage';

const ROUNDS = 9;
/** The largest file that travels in one PUT. */
const SIZE_MIB = 16;
const MIB_PER_GIB = 1024;

interface Transfer {
  /** Seconds by the clock. */
  wall: number;
  /** Seconds of the storage's CPU. */
  cpu: number;
}

const largeFile = (): HashedFile =>
  hashed({
    name: 'large.bin',
    contentType: 'application/octet-stream',
    body: randomBytes(SIZE_MIB * 1024 * 1024),
  });

/** A presigned URL as any program has it: the storage has no checksum to compare. */
async function plainUrl({ storage }: BenchStage, round: number): Promise<string> {
  const signer = new UrlSigner({ ...storage, credentials: async () => storage.credentials });
  const signing = await signer.open();
  const file = { size: SIZE_MIB * 1024 * 1024, contentType: 'application/octet-stream' };
  return signing.put(`plain/${round}`, { ...file, now: new Date(), expiresIn: 900 }).url;
}

async function timed(pid: number, transfer: () => Promise<unknown>): Promise<Transfer> {
  const [startedAt, before] = [performance.now(), cpuSeconds(pid)];
  await transfer();
  return { wall: (performance.now() - startedAt) / 1000, cpu: cpuSeconds(pid) - before };
}

async function alternate(stage: BenchStage): Promise<Record<'flow' | 'plain', Transfer[]>> {
  const client = await BenchClient.join(stage.apiUrl);
  const caller = new HttpCaller();
  const { contentType, body, ...rest } = largeFile();
  const figures = { flow: [] as Transfer[], plain: [] as Transfer[] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    const url = await plainUrl(stage, round);
    const put = { method: 'PUT' as const, headers: { 'content-type': contentType }, body };
    const plain = await timed(stage.storagePid, () => caller.call(url, put));
    const flow = await timed(stage.storagePid, () => client.upload({ ...rest, contentType, body }));
    // The first of each warms up.
    if (round > 0)
      [figures.plain, figures.flow].forEach((list, index) => list.push(index === 0 ? plain : flow));
  }
  client.close();
  caller.close();
  return figures;
}

const megabytesPerSecond = (transfers: Transfer[]): number =>
  (SIZE_MIB * 1.048576) / median(transfers.map(({ wall }) => wall));

const cpuPerGib = (transfers: Transfer[]): number =>
  (median(transfers.map(({ cpu }) => cpu)) * MIB_PER_GIB) / SIZE_MIB;

/** Begin, PUT, complete against one PUT of the same bytes to the same server; the digest is made beforehand. */
export async function benchLargeUpload(stage: BenchStage): Promise<BenchRow[]> {
  const { flow, plain } = await alternate(stage);
  const [speed, plainSpeed] = [megabytesPerSecond(flow), megabytesPerSecond(plain)];
  const [cpu, plainCpu] = [cpuPerGib(flow), cpuPerGib(plain)];
  const name = `${SIZE_MIB} MiB through the whole flow`;
  return [
    {
      name: `${name}, against a plain PUT`,
      value: speed,
      unit: 'MB per second',
      baseline: plainSpeed.toFixed(0),
      ratio: speed / plainSpeed,
    },
    {
      name: `${name}: the storage's work`,
      value: cpu,
      unit: 'CPU seconds per GiB',
      baseline: plainCpu.toFixed(2),
      ratio: cpu / plainCpu,
    },
  ];
}
