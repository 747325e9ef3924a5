import type { KeySeal } from '@slipway/core/accounts/signing-keys/key-seal';
import type { Deps } from '@slipway/core/shared/deps';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';
import type { Thumbnailer } from '@slipway/platform/media/thumbnailer';
import { forgetSignInsJob } from './accounts/forget-sign-ins.job';
import { accountMailJobs } from './accounts/mail-jobs';
import { rotateSigningKeysJob } from './accounts/rotate-signing-keys.job';
import { sealAuditJob } from './audit/seal-audit.job';
import { watchAuditJob } from './audit/watch-audit.job';
import { hashAssetJob } from './assets/hash-asset.job';
import { purgeAssetObjectsJob } from './assets/purge-asset-objects.job';
import { rotateAssetJob } from './assets/rotate-asset.job';
import { importFileJob } from './imports/import-file.job';
import { forgetIdempotencyKeysJob } from './idempotency/forget-idempotency-keys.job';
import { mailInvitationJob } from './members/mail-invitation.job';
import { eraseAccountJob } from './my-data/erase-account.job';
import { makeExportJob } from './my-data/make-export.job';
import { removeExportJob } from './my-data/remove-export.job';
import { reconcileJob } from './reconcile/reconcile.job';
import { generateRenditionJob } from './renditions/generate-rendition.job';
import { publishGalleriesJob } from './sharing/publish-galleries.job';
import { publishGalleryJob } from './sharing/publish-gallery.job';
import { proveLedgerJob } from './quotas/prove-ledger.job';
import { abortMultipartJob } from './uploads/abort-multipart.job';
import { discardObjectJob } from './uploads/discard-object.job';
import { expireUploadJob } from './uploads/expire-upload.job';
import { finishUploadJob } from './uploads/finish-upload.job';

/** `keySeal` opens the rotating keys; null where one secret signs. */
export function jobHandlers(
  deps: Deps & { thumbnailer: Thumbnailer },
  keySeal: KeySeal | null = null,
): JobHandlers {
  return {
    'expire-upload': expireUploadJob(deps),
    'finish-upload': finishUploadJob(deps),
    'discard-object': discardObjectJob(deps),
    'abort-multipart': abortMultipartJob(deps),
    'generate-rendition': generateRenditionJob(deps),
    'hash-asset': hashAssetJob(deps),
    'purge-asset-objects': purgeAssetObjectsJob(deps),
    'rotate-asset': rotateAssetJob(deps),
    'import-file': importFileJob(deps),
    'publish-gallery': publishGalleryJob(deps),
    'publish-galleries': publishGalleriesJob(deps),
    'mail-invitation': mailInvitationJob(deps),
    ...accountMailJobs(deps),
    'forget-sign-ins': forgetSignInsJob(deps),
    'rotate-signing-keys': rotateSigningKeysJob({ ...deps, keySeal }),
    'forget-idempotency-keys': forgetIdempotencyKeysJob(deps),
    'seal-audit': sealAuditJob(deps),
    'watch-audit': watchAuditJob(deps),
    'make-export': makeExportJob(deps),
    'remove-export': removeExportJob(deps),
    'erase-account': eraseAccountJob(deps),
    reconcile: reconcileJob(deps),
    'prove-ledger': proveLedgerJob(deps),
  };
}
