import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
  type CreateMultipartUploadCommandInput,
  type UploadPartCommandInput,
} from '@aws-sdk/client-s3';
import type { ProbedBucket } from './probe';
import { accepts, approved } from './requests';

export interface OpenUpload {
  context: ProbedBucket;
  target: { Bucket: string; Key: string; UploadId: string };
}

/** Parts that are left behind cost money and show in no listing of objects: whatever happens, they are aborted. */
export async function withUpload<Found>(
  context: ProbedBucket,
  options: Partial<CreateMultipartUploadCommandInput>,
  work: (upload: OpenUpload) => Promise<Found>,
): Promise<Found> {
  const place = { Bucket: context.bucket, Key: context.newKey(), ...options };
  const { UploadId = '' } = await context.client.send(new CreateMultipartUploadCommand(place));
  const upload = { context, target: { Bucket: place.Bucket, Key: place.Key, UploadId } };
  try {
    return await work(upload);
  } finally {
    await abort(upload);
  }
}

export async function abort({ context, target }: OpenUpload): Promise<void> {
  // Completed or aborted before, it is gone.
  await accepts(context.client.send(new AbortMultipartUploadCommand(target)), [404]);
}

export const sendPart = ({ context, target }: OpenUpload, options: Partial<UploadPartCommandInput> = {}) =>
  context.client.send(new UploadPartCommand({ ...target, PartNumber: 1, Body: approved, ...options }));
