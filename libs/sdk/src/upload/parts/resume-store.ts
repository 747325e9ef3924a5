/** What is kept of an upload in parts, so that it can go on: no token, no URL, nothing of the file but its name. */
export interface ResumeRecord {
  /** API, project, and the file as it presents itself. */
  key: string;
  projectId: string;
  fileName: string;
  /** Bytes. */
  fileSize: number;
  assetId: string;
  fileKey: string;
  /** Bytes of each part but the last. */
  partSize: number;
  /** Base64 of the SHA-256 of the file's first 64 KiB. */
  fingerprint: string;
  /** Milliseconds since 1970, by this device's clock. */
  createdAt: number;
}

/** Keeps records over a reload. May lose them; then an upload starts anew. */
export interface ResumeStore {
  get(key: string): Promise<ResumeRecord | undefined>;
  set(record: ResumeRecord): Promise<void>;
  delete(key: string): Promise<void>;
  list(): Promise<ResumeRecord[]>;
}

/** An upload that goes on when its file is given again. */
export type PendingUpload = Pick<
  ResumeRecord,
  'projectId' | 'fileName' | 'fileSize' | 'assetId' | 'createdAt'
>;
