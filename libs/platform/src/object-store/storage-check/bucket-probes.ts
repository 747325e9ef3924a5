import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketNotificationConfigurationCommand,
  GetObjectTaggingCommand,
  PutBucketNotificationConfigurationCommand,
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

/**
 * A bucket with rules is left alone. One without is told to have none, since some storages can only be asked; Ceph
 * understands that, and takes nothing but a document with rules.
 */
async function sendsEvents({ client, bucket: Bucket }: ProbeContext): Promise<boolean> {
  const reading = client.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
  if (!(await accepts(reading, LACKING))) return false;
  const { $metadata: _, ...rules } = await reading;
  if (Object.values(rules).some((rule) => rule !== undefined)) return true;
  const none = new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration: {} });
  const telling = client.send(none).catch((error: unknown) => {
    if (codeOf(error) !== 'MalformedXML') throw error;
  });
  return accepts(telling, LACKING);
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
    name: 'events',
    what: 'the bucket can be told to send an event for each new object',
    need: 'capability',
    consequence:
      'a browser that dies after its PUT is completed by the reconciler after expiry instead of at once',
    ask: sendsEvents,
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
