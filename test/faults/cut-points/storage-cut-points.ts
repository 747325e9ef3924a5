import type { CutPoint } from './cut-point';

const SENT_AGAIN = 'the client sends again';
const CALLED_AGAIN = 'API and client call again';
const JOB_AGAIN = 'the job runs again';

const sending = { mended: SENT_AGAIN, before: ['begin'], during: 'send', end: 'asset' } as const;
const completing = { mended: CALLED_AGAIN, during: 'complete', after: ['complete'], end: 'asset' } as const;
const single = { ...completing, file: 'text', before: ['begin', 'send'] } as const;
const inParts = { ...single, file: 'parts' } as const;

const sends: CutPoint[] = [
  {
    ...sending,
    title: 'PUT of a file, halfway',
    file: 'picture',
    at: { operation: 'PutObject', of: 'incoming', point: 'halfway' },
    after: ['send', 'complete'],
  },
  {
    ...sending,
    title: 'PUT of a file, halfway, nobody comes back',
    mended: '`expire-upload` gives the reservation back',
    file: 'picture',
    at: { operation: 'PutObject', of: 'incoming', point: 'halfway' },
    after: [],
    end: 'nothing',
  },
  {
    ...sending,
    title: 'PUT of a file, after it, nobody comes back',
    mended: '`expire-upload` finds the object, verifies it and makes the asset',
    file: 'text',
    at: { operation: 'PutObject', of: 'incoming', point: 'after' },
    after: [],
  },
  {
    ...sending,
    title: 'CreateMultipartUpload, after it',
    mended: 'API and client call again; the sweep aborts the upload that no row knows',
    file: 'parts',
    at: { operation: 'CreateMultipartUpload', of: 'original', point: 'after' },
    after: ['send', 'complete'],
    swept: 'stray_multipart',
  },
  {
    ...sending,
    title: 'UploadPart, halfway',
    file: 'parts',
    at: { operation: 'UploadPart', of: 'original', point: 'halfway' },
    after: ['send', 'complete'],
  },
  {
    ...sending,
    title: 'UploadPart, after it',
    file: 'parts',
    at: { operation: 'UploadPart', of: 'original', point: 'after' },
    after: ['send', 'complete'],
  },
];

const completes: CutPoint[] = [
  {
    ...single,
    title: 'CopyObject, during it',
    at: { operation: 'CopyObject', of: 'original', point: 'during' },
  },
  {
    ...single,
    title: 'CopyObject, after it',
    at: { operation: 'CopyObject', of: 'original', point: 'after' },
  },
  {
    ...single,
    title: 'CopyObject, during it, nobody comes back',
    mended: '`expire-upload` finds the object, verifies it and makes the asset',
    at: { operation: 'CopyObject', of: 'original', point: 'during' },
    after: [],
  },
  {
    ...inParts,
    title: 'CompleteMultipartUpload, during it',
    at: { operation: 'CompleteMultipartUpload', of: 'original', point: 'during' },
  },
  {
    ...inParts,
    title: 'CompleteMultipartUpload, after it',
    at: { operation: 'CompleteMultipartUpload', of: 'original', point: 'after' },
  },
];

const jobs: CutPoint[] = [
  {
    ...single,
    title: 'DELETE of the incoming object, during it',
    mended: JOB_AGAIN,
    at: { operation: 'DeleteObject', of: 'incoming', point: 'during' },
    after: [],
  },
  {
    ...single,
    title: 'PUT of a thumbnail, halfway',
    mended: JOB_AGAIN,
    file: 'picture',
    at: { operation: 'PutObject', of: 'thumbnail', point: 'halfway' },
    after: [],
  },
  {
    title: 'AbortMultipartUpload, during it',
    mended: JOB_AGAIN,
    file: 'parts',
    before: ['begin', 'send the first part'],
    during: 'cancel',
    at: { operation: 'AbortMultipartUpload', of: 'original', point: 'during' },
    after: [],
    end: 'nothing',
  },
];

export const STORAGE_CUT_POINTS: readonly CutPoint[] = [...sends, ...completes, ...jobs];
