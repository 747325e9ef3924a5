import type { Config } from '@slipway/platform/config/config';
import { openDatabase } from '@slipway/platform/db/database';
import { openMailSender } from '@slipway/platform/mail/open-mail-sender';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { S3ObjectStore } from '@slipway/platform/object-store/s3-object-store';
import { savedProfile } from '@slipway/platform/object-store/saved-profile';
import { UrlSigner, type UrlSignerOptions } from '@slipway/platform/object-store/url-signer';
import { BatchingAuditWriter } from './audit/batching-audit-writer';
import { entities } from './entities';
import { systemClock } from './shared/clock';
import type { Deps, Settings } from './shared/deps';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A host that sends nothing for so long is given up. */
const IMPORT_SILENCE_MS = 30_000;
const HOUR_SECONDS = 3_600;

export function settingsOf(config: Config): Settings {
  return {
    publicUrl: config.http.publicUrl,
    uploadLifeMs: config.uploads.expiryMinutes * MINUTE_MS,
    multipartIdleMs: config.uploads.multipartIdleHours * HOUR_MS,
    uploadGraceMs: config.uploads.graceMinutes * MINUTE_MS,
    singlePutLimit: config.uploads.singlePutLimit,
    accessUrlLife: Math.round(config.signedUrlExpiryHours * HOUR_SECONDS),
    requireVerifiedEmail: config.accounts.requireVerifiedEmail,
    accounts: {
      sessionMs: config.accounts.sessionDays * DAY_MS,
      passwords: config.accounts.passwords,
    },
    thumbnail: config.thumbnail,
    audit: {
      anchorLockDays: config.audit.anchorLockDays,
      windowMs: config.audit.windowMinutes * MINUTE_MS,
      manyDenials: config.audit.manyDenials,
      massAccess: config.audit.massAccess,
    },
    imports: {
      hosts: config.imports.hosts,
      allowHttp: config.imports.allowHttp,
      maxBytes: config.imports.maxBytes,
      totalMs: config.imports.timeoutMinutes * MINUTE_MS,
      idleMs: IMPORT_SILENCE_MS,
    },
  };
}

export interface Connection {
  deps: Deps;
  close(): Promise<void>;
}

/** Opens what the use cases need of the outside world; the embedded parts must be running and in `config` by now. */
export async function connect(config: Config, applicationName: string): Promise<Connection> {
  const { storage, uploadCredentials, database } = config;
  if (storage === null || database.url === null) throw new Error('storage and database must be configured');
  const client = createS3Client({ ...storage, credentials: config.credentials ?? undefined });
  const signerBy = (credentials: UrlSignerOptions['credentials']): UrlSigner =>
    new UrlSigner({ ...storage, endpoint: storage.publicEndpoint, credentials });
  const signer = signerBy(() => client.config.credentials());
  const db = await openDatabase({ url: database.url, entities, applicationName });
  const audit = new BatchingAuditWriter(db);
  return {
    deps: {
      db,
      audit,
      mail: openMailSender(config, db),
      objects: new S3ObjectStore(client, storage.bucket),
      signer,
      uploadSigner: uploadCredentials ? signerBy(async () => uploadCredentials) : signer,
      storageProfile: savedProfile({ storage, client, db, now: () => systemClock.now() }),
      clock: systemClock,
      settings: settingsOf(config),
    },
    async close() {
      await audit.drain();
      await db.destroy();
      client.destroy();
    },
  };
}
