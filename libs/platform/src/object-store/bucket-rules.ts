import {
  CreateBucketCommand,
  GetBucketCorsCommand,
  GetBucketLifecycleConfigurationCommand,
  HeadBucketCommand,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  type CORSRule,
  type LifecycleRule,
  type S3Client,
} from '@aws-sdk/client-s3';
import { objectKey } from './object-key';
import { codeOf, statusOf } from './s3-errors';

export interface BucketNeeds {
  bucket: string;
  /** Origins of the pages that upload and show files. */
  corsOrigins: string[];
}

const CORS_ID = 'slipway-browsers';
/** Longer than anybody resumes an upload. */
export const UNFINISHED_DAYS = 7;

const corsRule = (origins: string[]): CORSRule => ({
  ID: CORS_ID,
  AllowedOrigins: origins,
  AllowedMethods: ['GET', 'HEAD', 'PUT'],
  AllowedHeaders: ['content-type', 'content-md5', 'if-none-match', 'x-amz-checksum-sha256', 'range'],
  // A page may read `Retry-After` of a storage that is busy only when it is exposed.
  ExposeHeaders: ['ETag', 'Content-Range', 'Retry-After'],
  MaxAgeSeconds: 3600,
});

/**
 * What no upload took away in a day was left by a crash that even the reconciler missed. No upload of the product has
 * parts here; those of a check that was killed are seen by no sweep.
 */
const incomingRule: LifecycleRule = {
  ID: 'slipway-incoming',
  Status: 'Enabled',
  Filter: { Prefix: objectKey.incomingPrefix },
  Expiration: { Days: 1 },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
};

/** Unfinished parts cost money and show in no listing of objects. */
const unfinishedRule: LifecycleRule = {
  ID: 'slipway-unfinished',
  Status: 'Enabled',
  Filter: { Prefix: objectKey.projectsPrefix },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: UNFINISHED_DAYS },
};

export async function createIfMissing(client: S3Client, { bucket }: BucketNeeds): Promise<void> {
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
  } catch (error) {
    if (statusOf(error) !== 404) throw error;
    // In the client's own region; the SDK sees to that.
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  }
}

/** A bucket without a configuration of that kind answers with an error. */
async function existing<Rule>(rules: Promise<Rule[] | undefined>, code: string): Promise<Rule[]> {
  try {
    return (await rules) ?? [];
  } catch (error) {
    if (codeOf(error) === code) return [];
    throw error;
  }
}

/** Both configurations are written whole, so the bucket's other rules are read first and kept. */
const withOurs = <Rule extends { ID?: string | undefined }>(rules: Rule[], ours: Rule): Rule[] => [
  ...rules.filter(({ ID }) => ID !== ours.ID),
  ours,
];

export async function setCors(client: S3Client, { bucket, corsOrigins }: BucketNeeds): Promise<void> {
  const found = client.send(new GetBucketCorsCommand({ Bucket: bucket })).then((cors) => cors.CORSRules);
  const rules = await existing(found, 'NoSuchCORSConfiguration');
  const CORSRules = withOurs(rules, corsRule(corsOrigins));
  await client.send(new PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration: { CORSRules } }));
}

async function addLifecycleRule(client: S3Client, bucket: string, rule: LifecycleRule): Promise<void> {
  const found = client
    .send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }))
    .then((lifecycle) => lifecycle.Rules);
  const Rules = withOurs(await existing(found, 'NoSuchLifecycleConfiguration'), rule);
  const command = new PutBucketLifecycleConfigurationCommand({
    Bucket: bucket,
    LifecycleConfiguration: { Rules },
  });
  await client.send(command);
}

export const clearIncoming = (client: S3Client, { bucket }: BucketNeeds): Promise<void> =>
  addLifecycleRule(client, bucket, incomingRule);

export const endUnfinishedUploads = (client: S3Client, { bucket }: BucketNeeds): Promise<void> =>
  addLifecycleRule(client, bucket, unfinishedRule);
