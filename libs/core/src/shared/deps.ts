import type { ObjectStore } from '@slipway/platform/object-store/object-store';
import type { UrlSigner } from '@slipway/platform/object-store/url-signer';
import type { DataSource } from 'typeorm';
import type { Clock } from './clock';

export interface Settings {
  /** Where people reach the dashboard; QR codes and links are made of it. No trailing slash. */
  publicUrl: string;
  /** How long an upload URL lives. Milliseconds. */
  uploadLifeMs: number;
  /** How long after that a PUT may still land before the upload is given up. Milliseconds. */
  uploadGraceMs: number;
  /** Largest file one PUT may carry. Bytes. */
  singlePutLimit: number;
  /** Life promised for an access URL. Seconds. */
  accessUrlLife: number;
  thumbnail: { width: number; height: number };
}

/** The outside world of a use case; each names the part it needs with `Pick`. */
export interface Deps {
  db: DataSource;
  objects: ObjectStore;
  signer: UrlSigner;
  clock: Clock;
  settings: Settings;
}
