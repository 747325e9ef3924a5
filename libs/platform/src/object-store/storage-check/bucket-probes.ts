import {
  GetBucketLifecycleConfigurationCommand,
  GetObjectTaggingCommand,
  PutObjectTaggingCommand,
} from '@aws-sdk/client-s3';
import { objectKey } from '../object-key';
import { codeOf, statusOf } from '../s3-errors';
import type { Probe, ProbeContext } from './probe';
import { accepts, headObject, LACKING, putObject } from './requests';

/** Only read: the bucket's rules are for setup to change. */
async function clearsIncoming({ client, bucket }: ProbeContext): Promise<boolean> {
  try {
    const { Rules = [] } = await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }));
    return Rules.some(
      ({ Status, Filter, Expiration }) =>
        Status === 'Enabled' && Filter?.Prefix === objectKey.incomingPrefix && Expiration?.Days !== undefined,
    );
  } catch (error) {
    const lacking = LACKING.includes(statusOf(error) ?? 0);
    if (lacking || codeOf(error) === 'NoSuchLifecycleConfiguration') return false;
    throw error;
  }
}

export const bucketProbes: Probe[] = [
  {
    name: 'lifecycle',
    what: 'the bucket clears abandoned uploads away by itself',
    need: 'capability',
    consequence: 'the worker alone clears incoming/; npm run storage -- setup writes the rule',
    ask: clearsIncoming,
  },
  {
    name: 'tagging',
    what: 'objects carry tags',
    need: 'capability',
    consequence: 'nothing of the product depends on tags',
    ask: async (context) => {
      const target = { Bucket: context.bucket, Key: context.newKey() };
      await putObject(context, target.Key);
      const Tagging = { TagSet: [{ Key: 'state', Value: 'checked' }] };
      const tagging = context.client.send(new PutObjectTaggingCommand({ ...target, Tagging }));
      if (!(await accepts(tagging, LACKING))) return false;
      const { TagSet } = await context.client.send(new GetObjectTaggingCommand(target));
      return TagSet?.[0]?.Key === 'state' && TagSet[0].Value === 'checked';
    },
  },
  {
    name: 'storageClass',
    what: 'an object can be stored in a cheaper class (STANDARD_IA)',
    need: 'capability',
    consequence: 'all files stay in the one class of the bucket',
    ask: async (context) => {
      const key = context.newKey();
      const StorageClass = 'STANDARD_IA';
      if (!(await accepts(putObject(context, key, { StorageClass }), LACKING))) return false;
      return (await headObject(context, key))?.StorageClass === StorageClass;
    },
  },
];
