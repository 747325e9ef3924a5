import { randomUUID } from 'node:crypto';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3';
import { objectKey } from '../object-key';
import { withUpload } from './open-upload';
import type { Probe, ProbeContext } from './probe';
import { accepts, approved, headObject, putObject, send } from './requests';

const POLICY = 'give it the policy of docs/STORAGES.md and nothing else';
const FORBIDDEN = [401, 403];

interface Attempt {
  context: ProbeContext;
  uploader: S3Client;
  /** There is an object under it. */
  target: { Bucket: string; Key: string };
}

/** Whether the upload key is kept from something. */
function isKeptFrom(tried: (attempt: Attempt) => Promise<unknown>): Probe['ask'] {
  return async (context) => {
    const { uploader, bucket } = context;
    if (!uploader) throw new Error('There is no upload key');
    const target = { Bucket: bucket, Key: context.newKey() };
    await putObject(context, target.Key);
    return !(await accepts(tried({ context, uploader, target }), FORBIDDEN));
  };
}

/** Under `projects/`, where the product's own parts go; nothing is completed there. */
const sendsParts = (context: ProbeContext): Promise<boolean> =>
  withUpload(context, { Key: `${objectKey.projectsPrefix}.check-${randomUUID()}` }, async ({ target }) => {
    const { url, method, headers } = context.uploadSigning.part(target.Key, {
      now: new Date(),
      expiresIn: 300,
      storageUploadId: target.UploadId,
      partNumber: 1,
      size: approved.length,
    });
    return (await send(url, { method, headers, body: approved })).status === 200;
  });

/**
 * Asked where a second key signs what clients upload by. That it can write under `incoming/`, other probes show. One that
 * can do too much is no worse than none, where the server's own key signs: so nothing but its parts is required.
 */
export const uploadKeyProbes: Probe[] = [
  {
    name: 'uploadKeySendsParts',
    what: 'the upload key may send parts under projects/',
    need: 'required',
    consequence: `large files cannot be uploaded; ${POLICY}`,
    ask: sendsParts,
  },
  {
    name: 'uploadKeyCannotRead',
    what: 'the upload key cannot read',
    need: 'capability',
    consequence: `a storage that obeys an unsigned x-amz-copy-source copies other files for clients, and who steals the key reads them; ${POLICY}`,
    ask: isKeptFrom(({ uploader, target }) => uploader.send(new GetObjectCommand(target))),
  },
  {
    name: 'uploadKeyCannotList',
    what: 'the upload key cannot list',
    need: 'capability',
    consequence: `who steals the key finds all files by name; ${POLICY}`,
    ask: isKeptFrom(({ uploader, target: { Bucket, Key } }) =>
      uploader.send(new ListObjectsV2Command({ Bucket, Prefix: Key })),
    ),
  },
  {
    name: 'uploadKeyCannotDelete',
    what: 'the upload key cannot delete',
    need: 'capability',
    consequence: `who steals the key can delete all files; ${POLICY}`,
    ask: isKeptFrom(async ({ context, uploader, target }) => {
      const deleted = await uploader.send(new DeleteObjectCommand(target));
      if ((await headObject(context, target.Key)) !== null) throw new Error('Deleting did nothing');
      return deleted;
    }),
  },
];
