import { randomBytes, randomUUID } from 'node:crypto';
import type { FaultStage, Victim } from '../../support/fault-stage';
import type { Reply } from '../../support/http-client';
import { pngFile, textFile, type TestFile } from '../../support/test-files';
import { UploadWalk } from '../../support/upload-walk';
import { arm, type ArmedHold } from './arm';
import type { CutPoint } from './cut-point';
import { untilQuiet } from './until-quiet';

const PART_SIZE = 8 * 1024 * 1024;

/** What the files of all uploads are made of; filling so many bytes anew for each would take longer than sending them. */
const ballast = randomBytes(PART_SIZE);

async function fileOf({ file }: CutPoint): Promise<TestFile> {
  if (file === 'picture') return pngFile();
  if (file === 'text') return textFile(`A note, ${randomUUID()}`);
  if (file === 'impostor') return textFile(`No picture, ${randomUUID()}`, 'boat.png', 'image/png');
  const body = Buffer.concat([ballast, randomBytes(1_000)]);
  return { name: 'scan.bin', contentType: 'application/octet-stream', body };
}

/** One cut point on its way. What goes wrong with it is kept for its own test, so that all the others go on. */
export class CutRun {
  failure: unknown = null;
  private ready: { walk: UploadWalk; hold: ArmedHold } | null = null;
  private answer: Promise<Reply | null> = Promise.resolve(null);

  constructor(
    readonly point: CutPoint,
    private readonly victim: Victim,
    private readonly stage: FaultStage,
  ) {}

  /** Throws what went wrong. */
  get walk(): UploadWalk {
    if (this.failure !== null) throw this.failure;
    return this.arranged.walk;
  }

  /** Whether a key or an id is of this one's upload. */
  has(key: unknown): boolean {
    return this.ready !== null && String(key).includes(this.ready.walk.projectId);
  }

  prepare(apiUrl: string): Promise<void> {
    return this.unlessFailed(async () => {
      const walk = await UploadWalk.start(this.stage, apiUrl, await fileOf(this.point));
      for (const step of this.point.before) await walk.persist(step);
      this.ready = { walk, hold: await arm(this.stage, this.point.at, walk) };
    });
  }

  /** Resolves when the victim stands at the point. */
  cut(): Promise<void> {
    return this.unlessFailed(async () => {
      const { walk, hold } = this.arranged;
      this.answer = walk.attempt(this.point.during);
      await hold.reached();
    });
  }

  drop(): void {
    this.ready?.hold.drop();
  }

  recover(): Promise<void> {
    return this.unlessFailed(async () => {
      this.assertCut(await this.answer);
      for (const step of this.point.after) await this.arranged.walk.persist(step);
    });
  }

  deliver(): Promise<void> {
    return this.unlessFailed(async () => {
      if (this.point.late) await this.arranged.hold.deliver?.();
    });
  }

  /** A dead API answers nobody, and a dead worker keeps nobody from being answered. */
  private assertCut(reply: Reply | null): void {
    const told = reply && `${reply.status} ${JSON.stringify(reply.body)}`;
    if (this.victim === 'API' && reply !== null) throw new Error(`The killed API had answered ${told}`);
    if (this.victim === 'worker' && (reply === null || reply.status >= 300)) {
      throw new Error(`The API answered ${told}`);
    }
  }

  private get arranged() {
    if (!this.ready) throw new Error('It was not prepared');
    return this.ready;
  }

  private async unlessFailed(work: () => Promise<void>): Promise<void> {
    if (this.failure !== null) return;
    try {
      await work();
    } catch (error) {
      this.failure = error;
    }
  }
}

/**
 * Brings an upload to each of the points, kills all processes of the victim while they stand there, starts them again,
 * and lets everything that is left come to its end. One kill for all of them: claims and locked jobs lapse after ten
 * seconds and more, which is waited for once.
 */
export async function runCutPoints(
  stage: FaultStage,
  victim: Victim,
  points: readonly CutPoint[],
): Promise<CutRun[]> {
  const runs = points.map((point) => new CutRun(point, victim, stage));
  await Promise.all(runs.map((run, index) => run.prepare(stage.apiUrl(index))));
  await Promise.all(runs.map((run) => run.cut()));
  await stage.kill(victim);
  for (const run of runs) run.drop();
  await stage.restart(victim);
  await Promise.all(runs.map((run) => run.recover()));
  await untilQuiet(stage);
  await Promise.all(runs.map((run) => run.deliver()));
  return runs;
}
