import { Asset } from '../assets/asset.entity';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Upload } from './upload.entity';

export const expiredError = (): DomainError =>
  new DomainError('upload_expired', 'This upload has expired. Begin again.');

/** What a call that needs an open upload gets for one that has ended. */
export function endedError(upload: Upload): DomainError {
  switch (upload.status) {
    case 'completed':
      return new DomainError('upload_completed', 'This upload has been completed.');
    case 'rejected':
      return new DomainError(
        upload.rejectionCode ?? 'content_mismatch',
        upload.rejectionDetail ?? 'Rejected.',
      );
    case 'cancelled':
      return new DomainError('upload_cancelled', 'This upload was cancelled.');
    case 'expired':
    case 'pending':
      return expiredError();
  }
}

/** What a completion gets for an upload that has ended before: the same asset, or the same refusal. */
export async function endedOutcome(
  upload: Upload,
  deps: Pick<Deps, 'db'>,
): Promise<{ asset: Asset; created: false }> {
  if (upload.status !== 'completed') throw endedError(upload);
  const asset = await deps.db.manager.findOneByOrFail(Asset, { id: upload.assetId });
  if (asset.deletedAt) throw new DomainError('not_found', 'This asset has been deleted.');
  return { asset, created: false };
}
