import { CompleteMultipartUploadCommand, ListPartsCommand } from '@aws-sdk/client-s3';
import { abort, sendPart, withUpload, type OpenUpload } from './open-upload';
import { partChecksumProbes } from './part-checksum-probes';
import type { Probe, ProbedBucket } from './probe';
import { accepts, approved, forged, headObject, putObject, UNMET } from './requests';

async function complete(
  { context, target }: OpenUpload,
  ETag: string | undefined,
  IfNoneMatch?: string,
): Promise<void> {
  const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
  const condition = IfNoneMatch === undefined ? {} : { IfNoneMatch };
  await context.client.send(new CompleteMultipartUploadCommand({ ...target, MultipartUpload, ...condition }));
}

async function completes(context: ProbedBucket): Promise<boolean> {
  return withUpload(context, {}, async (upload) => {
    const { ETag } = await sendPart(upload);
    const listed = await context.client.send(new ListPartsCommand(upload.target));
    const early = await headObject(context, upload.target.Key);
    await complete(upload, ETag);
    const stored = await headObject(context, upload.target.Key);
    return listed.Parts?.[0]?.ETag === ETag && early === null && stored?.ContentLength === approved.length;
  });
}

async function aborts(context: ProbedBucket): Promise<boolean> {
  return withUpload(context, {}, async (upload) => {
    await sendPart(upload);
    await abort(upload);
    return !(await accepts(context.client.send(new ListPartsCommand(upload.target)), [404]));
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
  ...Object.values(partChecksumProbes),
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
