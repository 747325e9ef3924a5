import { objectKey, type RenditionName } from '@slipway/platform/object-store/object-key';
import type { FaultStage } from '../../support/fault-stage';
import type { Hold } from '../../support/hold';
import type { CommitPoint } from '../../support/holding-database-proxy';
import type { KnownUpload, UploadWalk } from '../../support/upload-walk';
import type { CommitCut, StorageCut } from './cut-point';

/** `deliver` is there for what can arrive late. */
export type ArmedHold = Hold & { deliver?: () => Promise<unknown> };

export const keyOfRendition = (upload: KnownUpload, name: RenditionName): string =>
  objectKey.rendition(upload.file_key, name);

const KEYS: Record<StorageCut['of'], (upload: KnownUpload) => string> = {
  incoming: (upload) => upload.incoming_key,
  original: (upload) => upload.file_key,
  thumbnail: (upload) => keyOfRendition(upload, 'thumbnail'),
  projects: () => objectKey.projectsPrefix,
};

/** Has the product stop at this point of the walk's upload. */
export async function arm(
  stage: FaultStage,
  at: StorageCut | CommitCut,
  walk: UploadWalk,
): Promise<ArmedHold> {
  const upload = await walk.upload();
  if ('commit' in at && at.of === 'upload') {
    return holdCommit(stage, at.commit, (text) =>
      [walk.projectId, upload?.id ?? walk.projectId].some((one) => text.includes(one)),
    );
  }
  if (!upload) throw new Error('Before the begin there are no keys');
  if ('commit' in at) return holdRendition(stage, at, upload);
  const wanted = KEYS[at.of](upload);
  return stage.storageProxy.hold({ ...at, key: (key) => key === wanted });
}

/** Not the transaction that makes the asset: that speaks of what is to be derived as well. */
function holdRendition(stage: FaultStage, { commit, of }: CommitCut, upload: KnownUpload): Hold {
  const key = keyOfRendition(upload, of === 'thumbnail' ? of : 'qr-code');
  return holdCommit(stage, commit, (text) => text.includes(key) && text.includes('ready'));
}

const holdCommit = (stage: FaultStage, point: CommitPoint, said: (text: string) => boolean): Hold =>
  stage.databaseProxy.holdCommit({ point, said });
