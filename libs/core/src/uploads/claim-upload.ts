import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EntityManager } from 'typeorm';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import { Upload } from './upload.entity';

/** A claim lapses this long after its holder died; a living holder renews it. */
const CLAIM_SECONDS = 10;
const RENEW_MS = 3_000;
/** Longer than a claim, so that a retry right after a crash gets through within one call. */
const WAIT_MS = 12_000;
const POLL_MS = 60;

const CLAIM = `
  update uploads set claim = $2, claimed_until = now() + interval '${CLAIM_SECONDS} seconds'
   where id = $1 and status = 'pending' and (claim is null or claimed_until < now())`;

const RENEW = `
  update uploads set claimed_until = now() + interval '${CLAIM_SECONDS} seconds'
   where id = $1 and status = 'pending' and claim = $2`;

const RELEASE = 'update uploads set claim = null, claimed_until = null where id = $1 and claim = $2';

/** False when the upload has ended or another holds it. */
async function takeClaim(db: EntityManager, uploadId: string, claim: string): Promise<boolean> {
  const [, taken] = await db.query<[unknown[], number]>(CLAIM, [uploadId, claim]);
  return taken === 1;
}

async function waitForClaim(db: EntityManager, uploadId: string, claim: string): Promise<Upload> {
  const deadline = Date.now() + WAIT_MS;
  for (;;) {
    const taken = await takeClaim(db, uploadId, claim);
    const upload = await db.findOneByOrFail(Upload, { id: uploadId });
    if (taken || upload.status !== 'pending') return upload;
    if (Date.now() > deadline) {
      throw new DomainError('upload_busy', 'This upload is being completed by another call.', {
        retryAfter: 2,
      });
    }
    await sleep(POLL_MS * (0.5 + Math.random()));
  }
}

/**
 * Lets one caller at a time move an upload, across all instances: storages that ignore the condition of a copy
 * would otherwise let a slow second promotion overwrite what the first had verified. A row instead of an advisory
 * lock, because no database connection is held while the storage is asked.
 *
 * `work` gets the upload as it is now, which may have ended meanwhile. Fails with `upload_busy`.
 */
export async function withClaim<Result>(
  uploadId: string,
  deps: Pick<Deps, 'db'>,
  work: (upload: Upload) => Promise<Result>,
): Promise<Result> {
  const claim = randomUUID();
  const db = deps.db.manager;
  const upload = await waitForClaim(db, uploadId, claim);
  if (upload.claim !== claim) return work(upload);
  // A renewal that fails is no loss: the claim lapses, and whoever ends the upload checks that it still holds it.
  const renew = () => void db.query(RENEW, [uploadId, claim]).catch(() => undefined);
  const renewal = setInterval(renew, RENEW_MS);
  try {
    // Whoever succeeds has ended the upload, and its claim with it.
    return await work(upload);
  } catch (error) {
    // Best effort: when the database is gone, the claim lapses by itself.
    await db.query(RELEASE, [uploadId, claim]).catch(() => undefined);
    throw error;
  } finally {
    clearInterval(renewal);
  }
}
