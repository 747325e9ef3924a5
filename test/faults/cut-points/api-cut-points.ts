import type { CutPoint } from './cut-point';

const AGAIN = 'the client calls again';
const EXPIRY = '`expire-upload` gives the reservation back';
const EXPIRY_FINDS = '`expire-upload` finds the object, verifies it and makes the asset';
const ASSET_IS_THERE = 'nothing has to be: the asset is there';

const toSend = ['begin'] as const;
const sent = ['begin', 'send'] as const;
const single = { file: 'text', before: sent, during: 'complete', end: 'asset' } as const;
const inParts = { ...single, file: 'parts' } as const;
const signing = { file: 'parts', before: toSend, during: 'send' } as const;
const clientAgain = { mended: AGAIN, after: ['complete'] } as const;
const nobody = { mended: EXPIRY_FINDS, after: [] } as const;

const beforeCommit = { commit: 'before', of: 'upload' } as const;
const afterCommit = { commit: 'after', of: 'upload' } as const;

const begin: CutPoint[] = [
  {
    title: 'begin, before its commit',
    mended: AGAIN,
    file: 'text',
    before: [],
    during: 'begin',
    at: beforeCommit,
    after: ['begin', 'send', 'complete'],
    end: 'asset',
  },
  {
    title: 'begin, after its commit',
    mended: 'the client begins another upload; `expire-upload` gives back what the first had reserved',
    file: 'text',
    before: [],
    during: 'begin',
    at: afterCommit,
    after: ['begin', 'send', 'complete'],
    end: 'asset',
  },
  {
    title: 'begin in parts, after its commit, nobody comes back',
    mended: EXPIRY,
    file: 'parts',
    before: [],
    during: 'begin',
    at: afterCommit,
    after: [],
    end: 'nothing',
  },
];

const sign: CutPoint[] = [
  {
    ...signing,
    title: 'sign parts, before CreateMultipartUpload',
    mended: AGAIN,
    at: { operation: 'CreateMultipartUpload', of: 'original', point: 'before' },
    after: ['send', 'complete'],
    end: 'asset',
  },
  {
    ...signing,
    title: 'sign parts, after CreateMultipartUpload',
    mended: `${AGAIN}; the sweep aborts the upload that no row knows`,
    at: { operation: 'CreateMultipartUpload', of: 'original', point: 'after' },
    after: ['send', 'complete'],
    end: 'asset',
    swept: 'stray_multipart',
  },
  {
    ...signing,
    title: 'sign parts, after CreateMultipartUpload, nobody comes back',
    mended: `${EXPIRY}; the sweep aborts the upload that no row knows`,
    at: { operation: 'CreateMultipartUpload', of: 'original', point: 'after' },
    after: [],
    end: 'nothing',
    swept: 'stray_multipart',
  },
  {
    ...signing,
    title: 'sign parts, its CreateMultipartUpload arrives when all is over',
    mended: `${AGAIN}; the sweep aborts the upload that no row knows`,
    at: { operation: 'CreateMultipartUpload', of: 'original', point: 'before' },
    late: true,
    after: ['send', 'complete'],
    end: 'asset',
    swept: 'stray_multipart',
  },
  {
    ...signing,
    title: 'sign parts, before the commit of their record',
    mended: AGAIN,
    at: beforeCommit,
    after: ['send', 'complete'],
    end: 'asset',
  },
  {
    ...signing,
    title: 'sign parts, after the commit of their record, nobody comes back',
    mended: `${EXPIRY}, \`abort-multipart\` the storage's upload`,
    at: afterCommit,
    after: [],
    end: 'nothing',
  },
];

const promote: CutPoint[] = [
  {
    ...single,
    ...clientAgain,
    title: 'promote, before HEAD of the incoming object',
    at: { operation: 'HeadObject', of: 'incoming', point: 'before' },
  },
  {
    ...single,
    ...clientAgain,
    title: 'promote, before CopyObject',
    at: { operation: 'CopyObject', of: 'original', point: 'before' },
  },
  {
    ...single,
    ...nobody,
    title: 'promote, before CopyObject, nobody comes back',
    at: { operation: 'CopyObject', of: 'original', point: 'before' },
  },
  {
    ...single,
    ...clientAgain,
    title: 'promote, after CopyObject',
    at: { operation: 'CopyObject', of: 'original', point: 'after' },
  },
  {
    ...single,
    ...nobody,
    title: 'promote, after CopyObject, nobody comes back',
    at: { operation: 'CopyObject', of: 'original', point: 'after' },
  },
  {
    ...single,
    ...clientAgain,
    title: 'promote, its CopyObject arrives when all is over',
    mended: `${AGAIN}; the copy finds no source any more`,
    at: { operation: 'CopyObject', of: 'original', point: 'before' },
    late: true,
  },
  {
    ...single,
    ...clientAgain,
    title: 'promote, after HEAD of the copy',
    at: { operation: 'HeadObject', of: 'original', point: 'after' },
  },
  {
    ...single,
    ...clientAgain,
    title: 'promote, after the first bytes of the copy',
    at: { operation: 'GetObject', of: 'original', point: 'after' },
  },
];

const assemble: CutPoint[] = [
  {
    ...inParts,
    ...clientAgain,
    title: 'complete parts, before ListParts',
    at: { operation: 'ListParts', of: 'original', point: 'before' },
  },
  {
    ...inParts,
    ...clientAgain,
    title: 'complete parts, before CompleteMultipartUpload',
    at: { operation: 'CompleteMultipartUpload', of: 'original', point: 'before' },
  },
  {
    ...inParts,
    ...clientAgain,
    title: 'complete parts, after CompleteMultipartUpload',
    mended: `${AGAIN}; the storage says NoSuchUpload, the object is read back`,
    at: { operation: 'CompleteMultipartUpload', of: 'original', point: 'after' },
  },
  {
    ...inParts,
    ...nobody,
    title: 'complete parts, after CompleteMultipartUpload, nobody comes back',
    at: { operation: 'CompleteMultipartUpload', of: 'original', point: 'after' },
  },
  {
    ...inParts,
    ...clientAgain,
    title: 'complete parts, their CompleteMultipartUpload arrives when all is over',
    mended: `${AGAIN}; there is no such upload any more`,
    at: { operation: 'CompleteMultipartUpload', of: 'original', point: 'before' },
    late: true,
  },
  {
    ...inParts,
    ...clientAgain,
    title: 'complete parts, after HEAD of the made object',
    at: { operation: 'HeadObject', of: 'original', point: 'after' },
  },
];

const commit: CutPoint[] = [
  { ...single, ...clientAgain, title: 'commit, before it', at: beforeCommit },
  { ...single, ...nobody, title: 'commit, before it, nobody comes back', at: beforeCommit },
  { ...single, ...clientAgain, title: 'commit, after it', at: afterCommit },
  {
    ...single,
    title: 'commit, after it, nobody comes back',
    mended: ASSET_IS_THERE,
    at: afterCommit,
    after: [],
  },
  { ...inParts, ...clientAgain, title: 'commit of parts, before it', at: beforeCommit },
  {
    ...inParts,
    title: 'commit of parts, after it, nobody comes back',
    mended: ASSET_IS_THERE,
    at: afterCommit,
    after: [],
  },
];

const unhappyEnds: CutPoint[] = [
  {
    title: 'cancel, before its commit',
    mended: AGAIN,
    file: 'text',
    before: sent,
    during: 'cancel',
    at: beforeCommit,
    after: ['cancel'],
    end: 'nothing',
  },
  {
    title: 'cancel of parts, before its commit, nobody comes back',
    mended: `${EXPIRY}, \`abort-multipart\` the storage's upload`,
    file: 'parts',
    before: ['begin', 'send the first part'],
    during: 'cancel',
    at: beforeCommit,
    after: [],
    end: 'nothing',
  },
  {
    title: 'cancel of parts, after its commit, nobody comes back',
    mended: "`abort-multipart` frees the storage's upload",
    file: 'parts',
    before: sent,
    during: 'cancel',
    at: afterCommit,
    after: [],
    end: 'nothing',
  },
  {
    title: 'reject, before its commit, nobody comes back',
    mended: '`expire-upload` finds the wrong object and rejects it',
    file: 'impostor',
    before: sent,
    during: 'complete',
    at: beforeCommit,
    after: [],
    end: 'nothing',
  },
  {
    title: 'delete of an asset, after its commit, nobody comes back',
    mended: '`purge-asset-objects` removes the objects',
    file: 'text',
    before: ['begin', 'send', 'complete'],
    during: 'delete',
    at: afterCommit,
    after: [],
    end: 'nothing',
  },
];

export const API_CUT_POINTS: readonly CutPoint[] = [
  ...begin,
  ...sign,
  ...promote,
  ...assemble,
  ...commit,
  ...unhappyEnds,
];
