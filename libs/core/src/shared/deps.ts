import type { MailSender } from '@slipway/platform/mail/mail-sender';
import type { FetchRules } from '@slipway/platform/fetch/fetch-rules';
import type { ObjectStore } from '@slipway/platform/object-store/object-store';
import type { StorageProfileSource } from '@slipway/platform/object-store/storage-profile';
import type { UrlSigner } from '@slipway/platform/object-store/url-signer';
import type { DataSource } from 'typeorm';
import type { AuditWriter } from './audit-writer';
import type { Clock } from './clock';

export interface AuditSettings {
  /** How long the storage is asked to keep an anchor; null: it is not asked. Days. */
  anchorLockDays: number | null;
  /** The stretch of time that the rules look at. Milliseconds. */
  windowMs: number;
  /** Refusals of one caller, or from one address, in a window. */
  manyDenials: number;
  /** Assets opened by one caller in a window. */
  massAccess: number;
}

export interface AccountSettings {
  /** How long a device may be silent before it is signed out. Milliseconds. */
  sessionMs: number;
  /** Of argon2id. */
  passwords: { memoryKib: number; passes: number };
}

export interface Settings {
  /** Where people reach the dashboard; QR codes and links are made of it. No trailing slash. */
  publicUrl: string;
  /** How long an upload URL lives. Milliseconds. */
  uploadLifeMs: number;
  /** How long after that a PUT may still land before the upload is given up. Milliseconds. */
  uploadGraceMs: number;
  /** How long an upload in parts waits for its client to come back. Milliseconds. */
  multipartIdleMs: number;
  /** Largest file one PUT may carry; above it, files travel in parts. Bytes. */
  singlePutLimit: number;
  /** Life promised for an access URL. Seconds. */
  accessUrlLife: number;
  /** Whether an address counts as somebody's only when it is proven. */
  requireVerifiedEmail: boolean;
  accounts: AccountSettings;
  thumbnail: { width: number; height: number };
  audit: AuditSettings;
  /** From where, and how much, files are imported. */
  imports: FetchRules;
}

/** The outside world of a use case; each names the part it needs with `Pick`. */
export interface Deps {
  db: DataSource;
  objects: ObjectStore;
  signer: UrlSigner;
  /** Signs what clients may write; with a key that can do nothing else, where one is configured. */
  uploadSigner: UrlSigner;
  storageProfile: StorageProfileSource;
  audit: AuditWriter;
  mail: MailSender;
  clock: Clock;
  settings: Settings;
}
