import type { Deps } from '@slipway/core/shared/deps';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';
import type { Thumbnailer } from '@slipway/platform/media/thumbnailer';
import { sealAuditJob } from './audit/seal-audit.job';
import { watchAuditJob } from './audit/watch-audit.job';
import { hashAssetJob } from './assets/hash-asset.job';
import { purgeAssetObjectsJob } from './assets/purge-asset-objects.job';
import { forgetIdempotencyKeysJob } from './idempotency/forget-idempotency-keys.job';
import { reconcileJob } from './reconcile/reconcile.job';
import { generateRenditionJob } from './renditions/generate-rendition.job';
import { proveLedgerJob } from './quotas/prove-ledger.job';
import { abortMultipartJob } from './uploads/abort-multipart.job';
import { discardObjectJob } from './uploads/discard-object.job';
import { expireUploadJob } from './uploads/expire-upload.job';
import { finishUploadJob } from './uploads/finish-upload.job';

export function jobHandlers(deps: Deps & { thumbnailer: Thumbnailer }): JobHandlers {
  return {
    'expire-upload': expireUploadJob(deps),
    'finish-upload': finishUploadJob(deps),
    'discard-object': discardObjectJob(deps),
    'abort-multipart': abortMultipartJob(deps),
    'generate-rendition': generateRenditionJob(deps),
    'hash-asset': hashAssetJob(deps),
    'purge-asset-objects': purgeAssetObjectsJob(deps),
    'forget-idempotency-keys': forgetIdempotencyKeysJob(deps),
    'seal-audit': sealAuditJob(deps),
    'watch-audit': watchAuditJob(deps),
    reconcile: reconcileJob(deps),
    'prove-ledger': proveLedgerJob(deps),
  };
}
