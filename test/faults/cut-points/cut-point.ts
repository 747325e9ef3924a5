import type { FindingKind } from '@slipway/core/reconcile/finding';
import type { CommitPoint } from '../../support/holding-database-proxy';
import type { StoragePoint } from '../../support/holding-proxy';
import type { S3Operation } from '../../support/s3-operation';
import type { Step } from '../../support/upload-walk';

/** A request to the storage. */
export interface StorageCut {
  operation: S3Operation;
  /** `projects`: a listing of all that belongs to any of them. */
  of: 'incoming' | 'original' | 'thumbnail' | 'projects';
  point: StoragePoint;
}

/** The end of a transaction. */
export interface CommitCut {
  commit: CommitPoint;
  /** What the transaction is about; of a rendition, whether it is there. */
  of: 'upload' | 'thumbnail' | 'qr-code';
}

/** One moment at which a process is killed, and all that comes of it. */
export interface CutPoint {
  title: string;
  /** What brings it right. */
  mended: string;
  /** `impostor`: its content is not of its type. */
  file: 'text' | 'picture' | 'parts' | 'impostor';
  /** What has been done by then. */
  before: readonly Step[];
  /** The step that leads to the cut. */
  during: Step;
  at: StorageCut | CommitCut;
  /** The held request arrives when all is over: it was on its way when its sender died. */
  late?: true;
  /** What the client does when the killed process runs again; without any, nobody comes back and time passes. */
  after: readonly Step[];
  end: 'asset' | 'nothing';
  /** What nothing but the comparison of bucket and database finds. */
  swept?: FindingKind;
}
