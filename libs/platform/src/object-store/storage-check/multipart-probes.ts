import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  UploadPartCommand,
  type CreateMultipartUploadCommandInput,
  type UploadPartCommandInput,
} from '@aws-sdk/client-s3';
import { statusOf } from '../s3-errors';
import type { Probe, ProbeContext } from './probe';
import { accepts, approved, forged, headObject, LACKING, md5, putObject, sha256, UNMET } from './requests';

interface OpenUpload {
  context: ProbeContext;
  target: { Bucket: string; Key: string; UploadId: string };
}

/** Parts that are left behind cost money and show in no listing of objects: whatever happens, they are aborted. */
async function withUpload<Found>(
  context: ProbeContext,
  options: Partial<CreateMultipartUploadCommandInput>,
  work: (upload: OpenUpload) => Promise<Found>,
): Promise<Found> {
  const place = { Bucket: context.bucket, Key: context.newKey() };
  const { UploadId = '' } = await context.client.send(
    new CreateMultipartUploadCommand({ ...place, ...options }),
  );
  const upload = { context, target: { ...place, UploadId } };
  try {
    return await work(upload);
  } finally {
    await abort(upload);
  }
}

async function abort({ context, target }: OpenUpload): Promise<void> {
  // Completed or aborted before, it is gone.
  await accepts(context.client.send(new AbortMultipartUploadCommand(target)), [404]);
}

const sendPart = ({ context, target }: OpenUpload, options: Partial<UploadPartCommandInput> = {}) =>
  context.client.send(new UploadPartCommand({ ...target, PartNumber: 1, Body: approved, ...options }));

async function complete(
  { context, target }: OpenUpload,
  ETag: string | undefined,
  IfNoneMatch?: string,
): Promise<void> {
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  const condition = IfNoneMatch === undefined ? {} : { IfNoneMatch };
  await context.client.send(new CompleteMultipartUploadCommand({ ...target, MultipartUpload, ...condition }));
}

async function completes(context: ProbeContext): Promise<boolean> {
  return withUpload(context, {}, async (upload) => {
    const { ETag } = await sendPart(upload);
    const listed = await context.client.send(new ListPartsCommand(upload.target));
    const early = await headObject(context, upload.target.Key);
    await complete(upload, ETag);
    const stored = await headObject(context, upload.target.Key);
    return listed.Parts?.[0]?.ETag === ETag && early === null && stored?.ContentLength === approved.length;
  });
}

async function aborts(context: ProbeContext): Promise<boolean> {
  return withUpload(context, {}, async (upload) => {
    await sendPart(upload);
    await abort(upload);
    return !(await accepts(context.client.send(new ListPartsCommand(upload.target)), [404]));
  });
}

/** As for single files: a storage that enforces a sum takes the right part and refuses the wrong one. */
async function enforces(
  context: ProbeContext,
  options: Partial<CreateMultipartUploadCommandInput>,
  sums: Partial<UploadPartCommandInput>,
): Promise<boolean> {
  const asking = withUpload(context, options, async (upload) => {
    if (!(await accepts(sendPart(upload, sums), LACKING))) return false;
    return !(await accepts(sendPart(upload, { ...sums, PartNumber: 2, Body: forged }), [400]));
  });
  return asking.catch((error: unknown) => {
    // The storage has no such algorithm to declare.
    if (LACKING.includes(statusOf(error) ?? 0)) return false;
    throw error;
  });
}

export const multipartProbes: Probe[] = [
  {
    name: 'multipart',
    what: 'an upload in parts is listed and completed, and is not there before',
    need: 'required',
    consequence: 'large files cannot be uploaded',
    ask: completes,
  },
  {
    name: 'multipartAborted',
    what: 'an aborted upload in parts is gone',
    need: 'required',
    consequence: 'cancelled uploads go on filling the storage',
    ask: aborts,
  },
  {
    name: 'partSha256Enforced',
    what: 'the SHA-256 of a part keeps another part of the same length out',
    need: 'capability',
    consequence: 'large uploads bind their parts by Content-MD5, or are read back and hashed',
    ask: (context) =>
      enforces(context, { ChecksumAlgorithm: 'SHA256' }, { ChecksumSHA256: sha256(approved) }),
  },
  {
    name: 'partMd5Enforced',
    what: 'the Content-MD5 of a part keeps another part of the same length out',
    need: 'capability',
    consequence: 'without SHA-256 on parts either, large uploads are read back and hashed',
    ask: (context) => enforces(context, {}, { ContentMD5: md5(approved) }),
  },
  {
    name: 'createOnlyInParts',
    what: 'If-None-Match: * keeps the completion of an upload in parts from overwriting',
    need: 'capability',
    consequence: 'final keys are safe only because each upload is given a new one',
    ask: (context) =>
      withUpload(context, {}, async (upload) => {
        await putObject(context, upload.target.Key);
        const { ETag } = await sendPart(upload, { Body: forged });
        return !(await accepts(complete(upload, ETag, '*'), UNMET));
      }),
  },
];
