import type { CutPoint } from './cut-point';

/** A worker shows that it lives; the others free the jobs of one that does not. */
const AGAIN = 'the job runs again';

const expiry = { mended: AGAIN, during: 'time passes', after: [] } as const;
const found = { ...expiry, file: 'text', before: ['begin', 'send'], end: 'asset' } as const;
const foundParts = { ...found, file: 'parts' } as const;
const afterwards = { mended: AGAIN, during: 'complete', after: [], end: 'asset' } as const;
const discarding = { ...afterwards, file: 'text', before: ['begin', 'send'] } as const;
const rendering = { ...discarding, file: 'picture' } as const;

const beforeCommit = { commit: 'before', of: 'upload' } as const;
const afterCommit = { commit: 'after', of: 'upload' } as const;

const expire: CutPoint[] = [
  {
    ...found,
    title: '`expire-upload`, before HEAD of the incoming object',
    at: { operation: 'HeadObject', of: 'incoming', point: 'before' },
  },
  {
    ...found,
    title: '`expire-upload`, after CopyObject',
    at: { operation: 'CopyObject', of: 'original', point: 'after' },
  },
  { ...found, title: '`expire-upload`, before the commit of the asset', at: beforeCommit },
  { ...found, title: '`expire-upload`, after the commit of the asset', at: afterCommit },
  {
    ...foundParts,
    title: '`expire-upload`, after CompleteMultipartUpload',
    at: { operation: 'CompleteMultipartUpload', of: 'original', point: 'after' },
  },
  {
    ...expiry,
    title: '`expire-upload` of nothing sent, before its commit',
    file: 'text',
    before: ['begin'],
    at: beforeCommit,
    end: 'nothing',
  },
  {
    ...expiry,
    title: '`expire-upload` of some parts, after its commit',
    file: 'parts',
    before: ['begin', 'send the first part'],
    at: afterCommit,
    end: 'nothing',
  },
];

const discard: CutPoint[] = [
  {
    ...discarding,
    title: '`discard-object`, before DELETE of the incoming object',
    at: { operation: 'DeleteObject', of: 'incoming', point: 'before' },
  },
  {
    ...discarding,
    title: '`discard-object`, after DELETE of the incoming object',
    at: { operation: 'DeleteObject', of: 'incoming', point: 'after' },
  },
  {
    title: '`abort-multipart`, before AbortMultipartUpload',
    mended: AGAIN,
    file: 'parts',
    before: ['begin', 'send the first part'],
    during: 'cancel',
    at: { operation: 'AbortMultipartUpload', of: 'original', point: 'before' },
    after: [],
    end: 'nothing',
  },
  {
    title: '`abort-multipart`, after AbortMultipartUpload',
    mended: AGAIN,
    file: 'parts',
    before: ['begin', 'send the first part'],
    during: 'cancel',
    at: { operation: 'AbortMultipartUpload', of: 'original', point: 'after' },
    after: [],
    end: 'nothing',
  },
  {
    title: '`purge-asset-objects`, after DELETE of the original',
    mended: AGAIN,
    file: 'text',
    before: ['begin', 'send', 'complete'],
    during: 'delete',
    at: { operation: 'DeleteObject', of: 'original', point: 'after' },
    after: [],
    end: 'nothing',
  },
];

const render: CutPoint[] = [
  {
    ...rendering,
    title: '`generate-rendition`, before PUT of the thumbnail',
    at: { operation: 'PutObject', of: 'thumbnail', point: 'before' },
  },
  {
    ...rendering,
    title: '`generate-rendition`, after PUT of the thumbnail',
    at: { operation: 'PutObject', of: 'thumbnail', point: 'after' },
  },
  {
    ...rendering,
    title: '`generate-rendition`, its PUT of the thumbnail arrives when all is over',
    mended: 'the job runs again; the late one puts the same bytes',
    at: { operation: 'PutObject', of: 'thumbnail', point: 'before' },
    late: true,
  },
  {
    ...rendering,
    title: '`generate-rendition`, after its commit',
    at: { commit: 'after', of: 'thumbnail' },
  },
];

export const WORKER_CUT_POINTS: readonly CutPoint[] = [...expire, ...discard, ...render];
