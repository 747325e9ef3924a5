import { sqlState, UNIQUE_VIOLATION } from '@slipway/platform/db/database-errors';
import type { Signing, SignedPut } from '@slipway/platform/object-store/url-signer';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { endedError, expiredError } from './ended-outcome';
import type { BeginUploadInput } from './announcement';
import { planUploads } from './plan-uploads';
import { recordUploads } from './record-uploads';
import type { Upload } from './upload.entity';
import { findBegunBefore } from './upload-store';

export interface BegunUpload {
  upload: Upload;
  /** The signed PUT, exactly as the client must send it; null for parts, which are signed when they are sent, and for
   * a file that need not be sent. */
  put: SignedPut | null;
  /** The server's clock, by which clients correct theirs. */
  now: Date;
}

export type BeginDeps = Pick<Deps, 'db' | 'uploadSigner' | 'storageProfile' | 'clock' | 'settings'>;

/**
 * Begins several uploads in one transaction; a file that is refused keeps no other from being begun. The answers are in
 * the order of the files. Each failure is one of `not_found`, `invalid_request`, `file_too_large`, `quota_exceeded`,
 * `idempotency_key_reused`, or how the upload of an earlier call with the same key has ended.
 */
export async function beginUploads(
  principal: Principal,
  inputs: readonly BeginUploadInput[],
  deps: BeginDeps,
): Promise<(BegunUpload | DomainError)[]> {
  const planned = await planUploads(principal, inputs, deps);
  const uploads = planned.filter((outcome): outcome is Upload => !(outcome instanceof DomainError));
  const recorded = await recordOrFind(principal, uploads, deps);
  const signing = await deps.uploadSigner.open();
  return planned.map((outcome) => {
    const upload = outcome instanceof DomainError ? outcome : (recorded.get(outcome.id) ?? outcome);
    return upload instanceof DomainError ? upload : begun(upload, signing, deps);
  });
}

/** The same for one file, which fails by throwing. */
export async function beginUpload(
  principal: Principal,
  input: BeginUploadInput,
  deps: BeginDeps,
): Promise<BegunUpload> {
  const [outcome] = await beginUploads(principal, [input], deps);
  if (!outcome || outcome instanceof DomainError) throw outcome;
  return outcome;
}

/** What became of each planned upload that was not simply recorded: refused, or begun before with the same key. */
async function recordOrFind(
  principal: Principal,
  uploads: readonly Upload[],
  deps: BeginDeps,
): Promise<Map<string, Upload | DomainError>> {
  try {
    return await recordUploads(principal, uploads, deps);
  } catch (error) {
    if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
    const before = await findBegunBefore(deps.db.manager, uploads);
    const others = uploads.filter(({ id }) => !before.has(id));
    const recorded = await recordUploads(principal, others, deps);
    for (const upload of uploads) {
      const earlier = before.get(upload.id);
      if (earlier) recorded.set(upload.id, sameRequest(earlier, upload) ? earlier : reusedKey());
    }
    return recorded;
  }
}

const ANNOUNCED = ['projectId', 'fileName', 'fileSize', 'contentType', 'checksumSha256'] as const;

const sameRequest = (one: Upload, other: Upload): boolean =>
  ANNOUNCED.every((field) => one[field] === other[field]);

const reusedKey = (): DomainError =>
  new DomainError('idempotency_key_reused', 'This Idempotency-Key began the upload of another file.');

function begun(upload: Upload, signing: Signing, { clock }: BeginDeps): BegunUpload | DomainError {
  if (upload.status !== 'pending') return endedError(upload);
  const now = clock.now();
  if (upload.partSize !== null || upload.sourceAssetId !== null) return { upload, put: null, now };
  const expiresIn = Math.floor((upload.expiresAt.getTime() - now.getTime()) / 1000);
  if (expiresIn < 1) return expiredError();
  const { fileSize: size, contentType, checksumSha256 } = upload;
  const put = signing.put(upload.incomingKey, { size, contentType, checksumSha256, expiresIn, now });
  return { upload, put, now };
}
