import { randomUUID } from 'node:crypto';
import {
  DeleteObjectCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { objectKey } from './object-key';
import {
  addLifecycleRule,
  createIfMissing,
  isUnknownToStorage,
  setCors,
  setLifecycle,
  type BucketNeeds,
} from './prepare-bucket';
import { toStorageError } from './s3-errors';

export interface SetupStep {
  action: string;
  /** `lacking`: the storage has no such function. `refused`: it has, and would not do it, for instance for this key. */
  outcome: 'done' | 'lacking' | 'refused';
  /** Why it was refused, or what of it was left off; else null. */
  reason: string | null;
}

/** Longer than anybody resumes an upload; unfinished parts cost money and show in no listing of objects. */
const UNFINISHED_DAYS = 7;

const endUnfinishedUploads = (client: S3Client, { bucket }: BucketNeeds): Promise<void> =>
  addLifecycleRule(client, bucket, {
    ID: 'slipway-unfinished',
    Status: 'Enabled',
    Filter: { Prefix: objectKey.projectsPrefix },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: UNFINISHED_DAYS },
  });

/** Whether the bucket still takes an object that asks for no permissions. */
async function isWritable(client: S3Client, bucket: string): Promise<boolean> {
  const target = { Bucket: bucket, Key: `${objectKey.checkPrefix(randomUUID())}setup` };
  try {
    await client.send(new PutObjectCommand({ ...target, Body: 'written by the set-up' }));
  } catch {
    return false;
  }
  await client.send(new DeleteObjectCommand(target));
  return true;
}

/**
 * `BlockPublicAcls` stays only where writing goes on under it: Ceph 16.2 takes it for a ban on all writes. Without it
 * a public ACL is stored, and has no effect, since it is ignored.
 */
async function blockPublicAccess(client: S3Client, { bucket }: BucketNeeds): Promise<string | undefined> {
  const block = (BlockPublicAcls: boolean): Promise<unknown> => {
    const others = { IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
    const PublicAccessBlockConfiguration = { BlockPublicAcls, ...others };
    return client.send(new PutPublicAccessBlockCommand({ Bucket: bucket, PublicAccessBlockConfiguration }));
  };
  await block(true);
  if (await isWritable(client, bucket)) return undefined;
  await block(false);
  return 'without BlockPublicAcls, under which nothing could be written';
}

const STEPS = [
  ['let the pages of PUBLIC_URL and CORS_ORIGINS in (CORS, exposing ETag)', setCors],
  ['clear incoming/ after a day', setLifecycle],
  [`abort uploads in parts that are unfinished after ${UNFINISHED_DAYS} days`, endUnfinishedUploads],
  ['block public access', blockPublicAccess],
] as const;

async function outcomeOf(action: string, work: Promise<string | void>): Promise<SetupStep> {
  try {
    const note = await work;
    return { action, outcome: 'done', reason: typeof note === 'string' ? note : null };
  } catch (error) {
    if (isUnknownToStorage(error)) return { action, outcome: 'lacking', reason: null };
    return { action, outcome: 'refused', reason: toStorageError(error, action).message };
  }
}

/**
 * All that a bucket can be told to do for the product, each step on its own, so that a refused one keeps no other from
 * being done. Rules of others stay; repeating it changes nothing. Throws `StorageError` where there is no bucket to set
 * up.
 */
export async function setupBucket(client: S3Client, needs: BucketNeeds): Promise<SetupStep[]> {
  await createIfMissing(client, needs).catch((error: unknown) => {
    throw toStorageError(error, `find or make the bucket ${needs.bucket}`);
  });
  const done: SetupStep[] = [];
  for (const [action, step] of STEPS) done.push(await outcomeOf(action, step(client, needs)));
  return done;
}
