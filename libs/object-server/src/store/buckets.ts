import type { CorsConfiguration } from '../cors/cors-rules';
import { S3Error } from '../errors/s3-error';
import type { LifecycleConfiguration } from '../lifecycle/lifecycle-rules';
import { put, remove } from '../ledger/entry';
import type { Ledger } from '../ledger/ledger';
import { ledgerKeys } from './ledger-keys';
import type { BucketRecord, PublicAccessBlock } from './records';
import { scan } from '../ledger/scan';

/** What a bucket can be told, apart from its objects. */
export interface Configurations {
  cors: CorsConfiguration;
  lifecycle: LifecycleConfiguration;
  'public-access-block': PublicAccessBlock;
}

const KINDS: readonly (keyof Configurations)[] = ['cors', 'lifecycle', 'public-access-block'];

export class Buckets {
  constructor(private readonly ledger: Ledger) {}

  exists(name: string): boolean {
    return this.ledger.get(ledgerKeys.bucket(name)) !== undefined;
  }

  /** Throws NoSuchBucket. */
  require(name: string): void {
    if (!this.exists(name)) throw new S3Error('NoSuchBucket', { fields: { BucketName: name } });
  }

  list(): BucketRecord[] {
    return scan(this.ledger, { prefix: ledgerKeys.bucketPrefix });
  }

  /** Throws BucketAlreadyOwnedByYou. */
  async create(name: string, createdAt: number): Promise<void> {
    if (this.exists(name)) throw new S3Error('BucketAlreadyOwnedByYou', { fields: { BucketName: name } });
    this.ledger.write([put(ledgerKeys.bucket(name), { name, createdAt } satisfies BucketRecord)]);
    await this.ledger.sync();
  }

  /** Throws NoSuchBucket or, when it holds an object or an unfinished upload, BucketNotEmpty. */
  async delete(name: string): Promise<void> {
    this.require(name);
    for (const prefix of [ledgerKeys.objectPrefix(name), ledgerKeys.uploadPrefix(name)]) {
      if (scan(this.ledger, { prefix, limit: 1 }).length > 0) throw new S3Error('BucketNotEmpty');
    }
    const configurations = KINDS.map((kind) => remove(ledgerKeys.configuration(name, kind)));
    this.ledger.write([remove(ledgerKeys.bucket(name)), ...configurations]);
    await this.ledger.sync();
  }

  configuration<K extends keyof Configurations>(name: string, kind: K): Configurations[K] | undefined {
    return this.ledger.get(ledgerKeys.configuration(name, kind)) as Configurations[K] | undefined;
  }

  async putConfiguration(name: string, configuration: Partial<Configurations>): Promise<void> {
    this.require(name);
    const changes = Object.entries(configuration).map(([kind, value]) =>
      put(ledgerKeys.configuration(name, kind), value),
    );
    this.ledger.write(changes);
    await this.ledger.sync();
  }

  async deleteConfiguration(name: string, kind: keyof Configurations): Promise<void> {
    this.require(name);
    this.ledger.write([remove(ledgerKeys.configuration(name, kind))]);
    await this.ledger.sync();
  }
}
