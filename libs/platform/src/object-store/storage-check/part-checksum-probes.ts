import {
  ListPartsCommand,
  type CreateMultipartUploadCommandInput,
  type Part,
  type UploadPartCommandInput,
} from '@aws-sdk/client-s3';
import { unquoted } from '../s3-answers';
import { statusOf } from '../s3-errors';
import { sendPart, withUpload, type OpenUpload } from './open-upload';
import type { Probe, ProbedBucket } from './probe';
import { accepts, approved, forged, LACKING, md5, sha256 } from './requests';

interface PartChecksumProbe extends Probe {
  ask: (bucket: ProbedBucket) => Promise<boolean>;
}

/** How an upload is begun, and what is sent with each part of it. */
interface Sums {
  declared: Partial<CreateMultipartUploadCommandInput>;
  sent: Partial<UploadPartCommandInput>;
}

/** Begun as the product begins it. */
const BY_SHA256: Sums = {
  declared: { ChecksumAlgorithm: 'SHA256', ChecksumType: 'COMPOSITE' },
  sent: { ChecksumSHA256: sha256(approved) },
};

const BY_MD5: Sums = { declared: {}, sent: { ContentMD5: md5(approved) } };

/** False where the storage has no such sum to declare or to send; else what `work` finds once the right part is there. */
async function withRightPart(
  bucket: ProbedBucket,
  { declared, sent }: Sums,
  work: (upload: OpenUpload) => Promise<boolean>,
): Promise<boolean> {
  const asking = withUpload(bucket, declared, async (upload) =>
    (await accepts(sendPart(upload, sent), LACKING)) ? work(upload) : false,
  );
  return asking.catch((error: unknown) => {
    if (LACKING.includes(statusOf(error) ?? 0)) return false;
    throw error;
  });
}

/** As for single files: a storage that enforces a sum takes the right part and refuses the wrong one. */
const enforces = (bucket: ProbedBucket, sums: Sums): Promise<boolean> =>
  withRightPart(bucket, sums, async (upload) => {
    const wrong = sendPart(upload, { ...sums.sent, PartNumber: 2, Body: forged });
    return !(await accepts(wrong, [400]));
  });

const lists = (bucket: ProbedBucket, sums: Sums, isRight: (part: Part) => boolean): Promise<boolean> =>
  withRightPart(bucket, sums, async ({ context, target }) => {
    const { Parts = [] } = await context.client.send(new ListPartsCommand(target));
    return Parts.length === 1 && Parts.every(isRight);
  });

const approvedEtag = Buffer.from(md5(approved), 'base64').toString('hex');

/** What decides how parts of large files are bound to their content. */
export const partChecksumProbes = {
  partSha256Enforced: {
    name: 'partSha256Enforced',
    what: 'the SHA-256 of a part keeps another part of the same length out',
    need: 'capability',
    consequence: 'large uploads bind their parts by Content-MD5, or are read back and hashed',
    ask: (bucket) => enforces(bucket, BY_SHA256),
  },
  partSha256Told: {
    name: 'partSha256Told',
    what: 'the list of parts tells the SHA-256 of each',
    need: 'capability',
    consequence: 'large uploads bind their parts by Content-MD5, or are read back and hashed',
    ask: (bucket) => lists(bucket, BY_SHA256, (part) => part.ChecksumSHA256 === sha256(approved)),
  },
  partMd5Enforced: {
    name: 'partMd5Enforced',
    what: 'the Content-MD5 of a part keeps another part of the same length out',
    need: 'capability',
    consequence: 'without SHA-256 on parts either, large uploads are read back and hashed',
    ask: (bucket) => enforces(bucket, BY_MD5),
  },
  partEtagIsMd5: {
    name: 'partEtagIsMd5',
    what: 'the list of parts tells the MD5 of each as its ETag',
    need: 'capability',
    consequence: 'without SHA-256 on parts either, large uploads are read back and hashed',
    ask: (bucket) => lists(bucket, BY_MD5, ({ ETag }) => unquoted(ETag) === approvedEtag),
  },
} satisfies Record<string, PartChecksumProbe>;

export type PartChecksumName = keyof typeof partChecksumProbes;
