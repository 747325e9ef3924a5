import { pngFile } from '../support/test-files';
import { type AssetPage, BenchClient, type BegunUpload, hashed, type HashedFile } from './bench-client';
import { below, type BenchRow } from './bench-row';
import type { BenchStage } from './bench-stage';
import { cpuSeconds } from './process-usage';
import { type Figure, inParallel, measureInTurns, type Work } from './rounds';
import { seedAssets } from './seed-assets';

const ROUNDS = 3;
const PAGE_SIZE = 100;
const PAGE_TARGET_MS = 15;

function assertFullPage({ data }: AssetPage): void {
  const urls = data.flatMap((asset) => [asset.access_url, asset.thumbnail_url, asset.qr_code_url]);
  const signed = new Set(urls.filter((url) => url?.includes('&X-Amz-Signature=')));
  if (data.length === PAGE_SIZE && signed.size === 3 * PAGE_SIZE) return;
  throw new Error(`The page has ${data.length} assets and ${signed.size} signed URLs`);
}

/** Each round completes uploads whose objects were put before it began. */
function completeCalls(client: BenchClient, file: HashedFile): Work {
  let begun: BegunUpload[] = [];
  return {
    name: 'complete',
    calls: 80,
    async prepare(calls) {
      begun = [];
      await inParallel(calls, async () => {
        const upload = await client.begin(file);
        await client.put(upload, file);
        begun.push(upload);
      });
    },
    call: (index) => client.complete(begun[index] as BegunUpload, file),
  };
}

async function works(stage: BenchStage, client: BenchClient): Promise<Work[]> {
  const file = hashed(await pngFile());
  const viewer = await client.withNewProject();
  await seedAssets(stage.databaseUrl, { projectId: viewer.projectId, count: PAGE_SIZE + 1 });
  assertFullPage(await viewer.firstPage());
  return [
    { name: 'GET /api/health/live', calls: 2_500, call: () => client.live() },
    { name: 'upload-url', calls: 250, call: () => client.begin(file) },
    completeCalls(client, file),
    { name: 'a page of 100 assets', calls: 60, call: () => viewer.firstPage() },
  ];
}

const perCpuSecond = ({ cpuMs }: Figure): number => 1000 / cpuMs;

const against = (figure: number, floor: number): Pick<BenchRow, 'value' | 'baseline' | 'ratio'> => ({
  value: figure,
  baseline: `live: ${Math.round(floor)}`,
  ratio: figure / floor,
});

const rowsOfCall = (name: string, figure: Figure, floor: Figure): BenchRow[] => [
  { name: `${name} calls, by the clock`, unit: 'per second', ...against(figure.perSecond, floor.perSecond) },
  { name: `${name} calls`, unit: 'per CPU second', ...against(perCpuSecond(figure), perCpuSecond(floor)) },
];

/** What the calls cost the API, against `GET /api/health/live` of the same server: what the framework alone takes. */
export async function benchApiCalls(stage: BenchStage): Promise<BenchRow[]> {
  const client = await BenchClient.join(stage.apiUrl);
  const all = await works(stage, client);
  const [floor, begin, complete, page] = (await measureInTurns(
    all,
    () => cpuSeconds(stage.apiPid),
    ROUNDS,
  )) as [Figure, Figure, Figure, Figure];
  client.close();
  return [
    ...rowsOfCall('upload-url', begin, floor),
    ...rowsOfCall('complete', complete, floor),
    {
      name: 'a page of 100 assets with 300 signed URLs',
      value: page.cpuMs,
      unit: 'ms of CPU',
      baseline: `live: ${floor.cpuMs.toFixed(2)}`,
      ratio: page.cpuMs / floor.cpuMs,
      target: below(page.cpuMs, PAGE_TARGET_MS, ' ms'),
    },
  ];
}
