import { randomUUID } from 'node:crypto';
import {
  DeleteObjectCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { objectKey } from './object-key';
import {
  clearIncoming,
  createIfMissing,
  endUnfinishedUploads,
  setCors,
  UNFINISHED_DAYS,
  type BucketNeeds,
} from './bucket-rules';
import { statusOf, toStorageError } from './s3-errors';

export interface SetupStep {
  action: string;
  /** `lacking`: the storage has no such function. `refused`: it has, and would not do it, for instance for this key. */
  outcome: 'done' | 'lacking' | 'refused';
  /** Why it was refused, or what of it was left off; else null. */
  reason: string | null;
}

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

interface Step {
  action: string;
  /** Resolves to what of it was left off. */
  take: (client: S3Client, needs: BucketNeeds) => Promise<string | void>;
}

/** What makes the bucket work for browsers and clear itself up. */
export const RULE_STEPS: readonly Step[] = [
  { action: 'let the pages of PUBLIC_URL and CORS_ORIGINS in (CORS, exposing ETag)', take: setCors },
  { action: 'clear incoming/ after a day', take: clearIncoming },
  {
    action: `abort uploads in parts that are unfinished after ${UNFINISHED_DAYS} days`,
    take: endUnfinishedUploads,
  },
];

const ALL_STEPS = [...RULE_STEPS, { action: 'block public access', take: blockPublicAccess }];

/** The step is one that this storage does not have at all. */
const isUnknownToStorage = (error: unknown): boolean => [405, 501].includes(statusOf(error) ?? 0);

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
 * Makes the bucket where it is missing, and tells it what it can do for the product, each step on its own, so that a
 * refused one keeps no other from being done. Rules of others stay; repeating it changes nothing. Throws `StorageError`
 * where there is no bucket to set up.
 */
export async function setupBucket(
  client: S3Client,
  needs: BucketNeeds,
  steps: readonly Step[] = ALL_STEPS,
): Promise<SetupStep[]> {
  await createIfMissing(client, needs).catch((error: unknown) => {
    throw toStorageError(error, `find or make the bucket ${needs.bucket}`);
  });
  const taken: SetupStep[] = [];
  for (const { action, take } of steps) taken.push(await outcomeOf(action, take(client, needs)));
  return taken;
}
