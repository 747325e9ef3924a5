import { Asset } from '../assets/asset.entity';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Upload } from './upload.entity';

/** What a call gets for an upload that has ended before: the same asset, or the same refusal. */
export async function endedOutcome(
  upload: Upload,
  deps: Pick<Deps, 'db'>,
): Promise<{ asset: Asset; created: false }> {
  switch (upload.status) {
    case 'completed': {
      const asset = await deps.db.manager.findOneByOrFail(Asset, { id: upload.assetId });
      if (asset.deletedAt) throw new DomainError('not_found', 'This asset has been deleted.');
      return { asset, created: false };
    }
    case 'rejected':
      throw new DomainError(
        upload.rejectionCode ?? 'content_mismatch',
        upload.rejectionDetail ?? 'Rejected.',
      );
    case 'cancelled':
      throw new DomainError('upload_cancelled', 'This upload was cancelled.');
    case 'expired':
    case 'pending':
      throw new DomainError('upload_expired', 'This upload has expired. Begin again.');
  }
}
