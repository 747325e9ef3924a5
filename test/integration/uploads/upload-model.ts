import { deepEqual, equal, ok } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Asset } from '@slipway/core/assets/asset.entity';
import { deleteAsset } from '@slipway/core/assets/delete-asset';
import { proveLedger } from '@slipway/core/quotas/prove-ledger';
import { DomainError } from '@slipway/core/shared/errors';
import { systemPrincipal } from '@slipway/core/shared/principal';
import type { Deps } from '@slipway/core/shared/deps';
import type { BegunUpload } from '@slipway/core/uploads/begin-uploads';
import { cancelUpload } from '@slipway/core/uploads/cancel-upload';
import { completeUpload, finishUpload } from '@slipway/core/uploads/complete-upload';
import type { UploadStatus } from '@slipway/core/uploads/upload';
import { Upload } from '@slipway/core/uploads/upload.entity';
import { objectKey } from '@slipway/platform/object-store/object-key';
import { jobHandlers } from '@slipway/worker/handlers';
import type { Thumbnailer } from '@slipway/platform/media/thumbnailer';
import type { CoreStage } from '../../support/describe-core';
import { Crash, mortal } from '../../support/fuse';
import { sendParts } from '../../support/part-steps';
import { runDueJobs } from '../../support/run-due-jobs';
import { sha256, type TestFile } from '../../support/test-files';
import { begin, send } from '../../support/upload-steps';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export type Kind = 'single' | 'parts';
export type Act = 'complete' | 'cancel' | 'event' | 'expire';

/** What must be true of one upload, whatever has been done to it. */
interface Tracked {
  begun: BegunUpload;
  file: TestFile;
  /** What the storage holds of it: everything, something else, some of it. */
  sent: 'nothing' | 'half' | 'right' | 'wrong';
  /** The ends it may have reached by now; several after a crash. */
  possible: Set<UploadStatus>;
  /** The storage refuses its upload URL by now. */
  urlOver: boolean;
}

/** The real product, driven step by step, beside what a person would expect of it. */
export class UploadModel {
  readonly uploads: Tracked[] = [];
  private readonly small: TestFile;
  private readonly large: TestFile;

  constructor(private readonly stage: CoreStage) {
    this.small = { name: 'a.bin', contentType: 'application/octet-stream', body: randomBytes(2_000) };
    this.large = { ...this.small, name: 'b.bin', body: randomBytes(8 * 1024 * 1024 + 10) };
  }

  private get deps() {
    return this.stage.world.deps;
  }

  async begin(kind: Kind): Promise<void> {
    const file = kind === 'single' ? this.small : this.large;
    const begun = await begin(this.stage.world, this.stage.user, { projectId: this.stage.project.id, file });
    this.uploads.push({ begun, file, sent: 'nothing', possible: new Set(['pending']), urlOver: false });
  }

  /** A client that sends its file, or half of it. */
  async send(tracked: Tracked, half: boolean): Promise<void> {
    const { begun, file } = tracked;
    if (begun.put) {
      if (tracked.urlOver) return;
      // The URL outlives the upload: what lands after its end must be cleared away.
      await send(begun, file.body);
      tracked.sent = 'right';
      return;
    }
    const { upload } = begun;
    const numbers = half ? [1] : [1, 2];
    try {
      await sendParts(this.stage.world, this.stage.user, { upload, file, numbers });
      if (tracked.sent !== 'right') tracked.sent = half ? 'half' : 'right';
    } catch (error) {
      expectEnded(error, tracked);
    }
  }

  /** What a storage that enforces nothing would have let in. */
  async smuggle(tracked: Tracked): Promise<void> {
    const { incomingKey, contentType } = tracked.begun.upload;
    if (!tracked.begun.put || tracked.urlOver) return;
    await this.deps.objects.put(incomingKey, randomBytes(tracked.file.body.length), { contentType });
    tracked.sent = 'wrong';
  }

  /** Several acts on one upload at once, of which some die on the way. */
  async act(tracked: Tracked, acts: { act: Act; dieAt: number | null }[]): Promise<void> {
    this.foresee(
      tracked,
      acts.map(({ act }) => act),
    );
    await Promise.all(acts.map(({ act, dieAt }) => this.attempt(tracked, act, dieAt)));
    // A dead process lets its claim lapse; here, at once.
    await this.deps.db.query(
      `update uploads set claimed_until = now() - interval '1 second' where claim is not null`,
    );
    this.deps.clock.reset();
    await this.check();
  }

  async delete(tracked: Tracked): Promise<void> {
    await deleteAsset(this.stage.user, tracked.begun.upload.assetId, this.deps).then(
      () => undefined,
      (error: unknown) => {
        if (!(error instanceof DomainError) || error.code !== 'not_found') throw error;
      },
    );
  }

  /** What the acts may lead to. Time passes for all uploads. */
  private foresee(tracked: Tracked, acts: readonly Act[]): void {
    if (acts.includes('expire')) for (const each of this.uploads) foreseeExpiry(each);
    for (const act of acts) foreseeEnds(tracked, act);
  }

  private async attempt({ begun }: Tracked, act: Act, dieAt: number | null): Promise<void> {
    const deps = dieAt === null ? this.deps : mortal(this.deps, dieAt);
    try {
      await this.perform(begun.upload, act, deps);
    } catch (error) {
      const expected = error instanceof Crash || error instanceof DomainError;
      if (!expected) throw error;
    }
  }

  private async perform(upload: Upload, act: Act, deps: Deps): Promise<void> {
    const { fileName, projectId, fileKey, fileSize, contentType } = upload;
    if (act === 'complete') {
      const input = { name: fileName, projectId, fileKey, fileSize, contentType };
      await completeUpload(this.stage.user, input, deps);
    }
    if (act === 'cancel') await cancelUpload(this.stage.user, upload.assetId, deps);
    if (act === 'event') await finishUpload(systemPrincipal(), { upload, name: fileName }, deps);
    if (act === 'expire') await this.passTime(upload.partSize === null ? 31 * MINUTE_MS : 2 * DAY_MS, deps);
  }

  private async passTime(milliseconds: number, deps: Deps): Promise<void> {
    this.deps.clock.advance(milliseconds);
    await this.runJobs(deps);
  }

  private async runJobs(deps: Deps): Promise<void> {
    const thumbnailer = undefined as unknown as Thumbnailer;
    const all = jobHandlers({ ...deps, thumbnailer });
    const names = [
      'expire-upload',
      'finish-upload',
      'discard-object',
      'abort-multipart',
      'purge-asset-objects',
    ] as const;
    const handlers = Object.fromEntries(names.map((name) => [name, all[name]])) as Pick<
      typeof all,
      (typeof names)[number]
    >;
    await runDueJobs(this.deps.db, handlers, this.deps.clock.now());
  }

  /** What holds at every moment. */
  async check(): Promise<void> {
    deepEqual(await proveLedger(this.deps), []);
    for (const tracked of this.uploads) await this.checkUpload(tracked);
  }

  private async checkUpload(tracked: Tracked): Promise<void> {
    const { manager } = this.deps.db;
    const upload = await manager.findOneByOrFail(Upload, { id: tracked.begun.upload.id });
    ok(tracked.possible.has(upload.status), `${upload.status}, not ${[...tracked.possible].join(' or ')}`);
    // An end is an end.
    tracked.possible = upload.status === 'pending' ? tracked.possible : new Set([upload.status]);
    const asset = await manager.findOneBy(Asset, { id: upload.assetId });
    equal(asset !== null, upload.status === 'completed');
    if (!asset || asset.deletedAt) return;
    const body = await this.deps.objects.readRange(asset.fileKey, 0, 2 ** 26);
    equal(sha256(body), sha256(tracked.file.body));
  }

  /** When everybody has gone and the jobs have run, bucket and database say the same. */
  async settle(): Promise<void> {
    for (const tracked of this.uploads) foreseeExpiry(tracked);
    for (let round = 0; round < 4; round += 1) await this.passTime(2 * DAY_MS, this.deps);
    await this.check();
    const { objects, db } = this.deps;
    const left = await objects.list(objectKey.incomingPrefix);
    deepEqual(
      left.objects.map(({ key }) => key).filter((key) => this.owns(key)),
      [],
    );
    const prefix = `${objectKey.projectsPrefix}${this.stage.project.id}/`;
    const stored = (await objects.list(prefix)).objects.map(({ key }) => key);
    const rows = await db.query<{ file_key: string }[]>(
      'select file_key from assets where project_id = $1 and deleted_at is null',
      [this.stage.project.id],
    );
    deepEqual(stored.toSorted(), rows.map((row) => row.file_key).toSorted());
    deepEqual((await objects.listMultiparts(prefix)).uploads, []);
    for (const { possible } of this.uploads) ok(!possible.has('pending'));
    this.deps.clock.reset();
  }

  private owns(key: string): boolean {
    return this.uploads.some(({ begun }) => begun.upload.incomingKey === key);
  }
}

function foreseeExpiry(tracked: Tracked): void {
  tracked.urlOver = true;
  foreseeEnds(tracked, 'expire');
}

function foreseeEnds({ possible, sent }: Tracked, act: Act): void {
  if (!possible.has('pending')) return;
  if (act === 'cancel') possible.add('cancelled');
  if (act === 'expire' && sent !== 'right') possible.add('expired');
  if (act !== 'cancel' && sent === 'right') possible.add('completed');
  if (act !== 'cancel' && sent === 'wrong') possible.add('rejected');
}

function expectEnded(error: unknown, { possible }: Tracked): void {
  if (!(error instanceof DomainError)) throw error;
  ok([...possible].some((status) => status !== 'pending'));
}
