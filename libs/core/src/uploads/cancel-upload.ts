import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { withClaim } from './claim-upload';
import { endWithoutAsset } from './end-without-asset';
import { requireUpload } from './require-upload';
import { findUploadByAssetId } from './upload-store';

/** Gives an upload up and its reservation back; an upload that has ended stays as it is. Fails with `not_found`. */
export async function cancelUpload(
  principal: Principal,
  assetId: string,
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<void> {
  const found = await findUploadByAssetId(deps.db.manager, assetId);
  const {
    upload: { id },
  } = await requireUpload(principal, found, deps);
  await withClaim(id, deps, async (upload) => {
    if (upload.status === 'pending') await endWithoutAsset(principal, { upload, status: 'cancelled' }, deps);
  });
}
