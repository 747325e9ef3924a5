import {
  type Asset,
  isSlipwayError,
  type Progress,
  type SlipwayError,
  type UploadStatus,
} from '@slipway/sdk';

export type QueuedState = 'queued' | 'uploading' | 'done' | 'failed';

/** One file on its way, as the tray and the grid see it. */
export interface QueuedUpload {
  readonly id: string;
  readonly projectId: string;
  readonly file: File;
  /** Object URL of an image; null for what browsers do not draw, and once the thumbnail has taken its place. */
  readonly preview: string | null;
  readonly state: QueuedState;
  /** What the SDK is doing while `uploading`. */
  readonly phase: UploadStatus;
  /** 0 to 100. */
  readonly progress: number;
  readonly bytesPerSecond: number;
  readonly error: SlipwayError | null;
  readonly asset: Asset | null;
  /** No longer in the tray, yet still lending its preview to the grid. */
  readonly dismissed: boolean;
  readonly controller: AbortController;
}

export interface Previews {
  create(file: File): string | null;
  revoke(url: string): void;
}

/** More at once do not make a line faster, and each holds a whole file's hash in memory. */
const AT_ONCE = 3;

const START = { state: 'queued', phase: 'preparing', progress: 0, bytesPerSecond: 0, error: null } as const;

export const isUnderWay = ({ state }: QueuedUpload): boolean => state === 'queued' || state === 'uploading';

/** The files of this page's uploads, over all projects. State outside React: uploads go on while pages change. */
export class UploadQueue {
  private items: readonly QueuedUpload[] = [];
  private readonly listeners = new Set<() => void>();
  /** Which item an asset came from; kept when the item is gone, so that the grid's element stays the same. */
  private readonly origins = new Map<string, string>();

  constructor(private readonly previews: Previews) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): readonly QueuedUpload[] => this.items;

  readonly add = (projectId: string, files: readonly File[]): void => {
    const added = files.map((file): QueuedUpload => ({
      ...START,
      id: `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`,
      projectId,
      file,
      preview: this.previews.create(file),
      asset: null,
      dismissed: false,
      controller: new AbortController(),
    }));
    this.set([...this.items, ...added]);
  };

  /** True once for each start: an effect that runs twice must not send a file twice. */
  readonly claim = (id: string): boolean => {
    const running = this.items.filter((item) => item.state === 'uploading').length;
    const item = this.find(id);
    if (item?.state !== 'queued' || running >= AT_ONCE) return false;
    this.patch(id, { state: 'uploading' });
    return true;
  };

  readonly report = (id: string, { fraction, bytesPerSecond }: Progress): void =>
    this.patch(id, { progress: Math.floor(fraction * 100), bytesPerSecond });

  readonly enter = (id: string, phase: UploadStatus): void => this.patch(id, { phase });

  readonly succeed = (id: string, asset: Asset): void => {
    this.origins.set(asset.id, id);
    this.patch(id, { state: 'done', progress: 100, asset });
  };

  readonly fail = (id: string, error: unknown): void => {
    if (isSlipwayError(error)) this.patch(id, { state: 'failed', error });
  };

  readonly retry = (id: string): void => {
    if (this.find(id)?.state === 'failed') this.patch(id, { ...START, controller: new AbortController() });
  };

  readonly cancel = (id: string): void => {
    this.find(id)?.controller.abort();
    this.drop((item) => item.id === id);
  };

  /** Takes what has ended out of the tray. */
  readonly dismiss = (ended: (item: QueuedUpload) => boolean = () => true): void => {
    const chosen = (item: QueuedUpload) => !isUnderWay(item) && ended(item);
    this.set(this.items.map((item) => (chosen(item) ? { ...item, dismissed: true } : item)));
    this.drop((item) => item.dismissed && (item.state === 'failed' || item.preview === null));
  };

  /** The grid shows the asset's own thumbnail now. */
  readonly releasePreview = (assetId: string): void => {
    const item = this.items.find(({ asset }) => asset?.id === assetId);
    if (!item?.preview) return;
    this.previews.revoke(item.preview);
    this.patch(item.id, { preview: null });
    this.drop(({ id, dismissed }) => id === item.id && dismissed);
  };

  /** Somebody else may sit here next: nothing goes on and nothing stays. */
  readonly clear = (): void => {
    for (const { controller } of this.items) controller.abort();
    this.drop(() => true);
    this.origins.clear();
  };

  readonly originOf = (assetId: string): string | undefined => this.origins.get(assetId);

  private find(id: string): QueuedUpload | undefined {
    return this.items.find((item) => item.id === id);
  }

  private patch(id: string, change: Partial<QueuedUpload>): void {
    this.set(this.items.map((item) => (item.id === id ? { ...item, ...change } : item)));
  }

  private drop(gone: (item: QueuedUpload) => boolean): void {
    for (const { preview } of this.items.filter(gone)) if (preview) this.previews.revoke(preview);
    this.set(this.items.filter((item) => !gone(item)));
  }

  private set(items: readonly QueuedUpload[]): void {
    this.items = items;
    for (const listener of this.listeners) listener();
  }
}
