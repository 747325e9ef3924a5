import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { PutBucketNotificationConfigurationCommand } from '@aws-sdk/client-s3';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { SignatureV4 } from '@smithy/signature-v4';
import type { RunningStorage } from './object-stores';

class Sha256 {
  private readonly hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    const key =
      typeof secret === 'string' || secret === undefined ? secret : Buffer.from(secret as ArrayBuffer);
    this.hash = key === undefined ? createHash('sha256') : createHmac('sha256', key);
  }

  update(data: Uint8Array): void {
    this.hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
}

/** Ceph's gateway makes topics by the calls of Amazon SNS. https://docs.ceph.com/en/pacific/radosgw/notifications/ */
async function createTopic({ endpoint, region, credentials }: RunningStorage, url: string): Promise<string> {
  const { host, hostname, port } = new URL(endpoint);
  const body = new URLSearchParams({
    Action: 'CreateTopic',
    Name: 'uploads',
    'Attributes.entry.1.key': 'push-endpoint',
    'Attributes.entry.1.value': url,
  }).toString();
  const signer = new SignatureV4({ credentials, region, service: 'sns', sha256: Sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path: '/',
    headers: { host, 'content-type': 'application/x-www-form-urlencoded' },
    body,
  });
  const response = await fetch(endpoint, { method: 'POST', headers, body });
  const arn = /<TopicArn>(.+?)<\/TopicArn>/.exec(await response.text())?.[1];
  if (arn === undefined) throw new Error(`Ceph answered ${response.status} to CreateTopic`);
  return arn;
}

/** What clients upload lands there. */
const FILTER = { Key: { FilterRules: [{ Name: 'prefix' as const, Value: 'incoming/' }] } };

/** Has Ceph tell `url` of every new object, as docs/EVENTS.md says. */
export async function sendCephEventsTo(url: string, storage: RunningStorage): Promise<void> {
  const TopicArn = await createTopic(storage, url);
  const client = createS3Client(storage);
  const NotificationConfiguration = {
    TopicConfigurations: [
      { Id: 'uploads', TopicArn, Events: ['s3:ObjectCreated:*' as const], Filter: FILTER },
    ],
  };
  const command = new PutBucketNotificationConfigurationCommand({
    Bucket: storage.bucket,
    NotificationConfiguration,
  });
  await client.send(command).finally(() => client.destroy());
}
