/** How the records lie in the ledger. Bucket names hold no slash, so no prefix is the beginning of another one. */
export const ledgerKeys = {
  bucketPrefix: 'bucket/',
  bucket: (name: string): string => `bucket/${name}`,
  configuration: (bucket: string, kind: string): string => `configuration/${bucket}/${kind}`,
  objectPrefix: (bucket: string): string => `object/${bucket}/`,
  object: (bucket: string, key: string): string => `object/${bucket}/${key}`,
  uploadPrefix: (bucket: string): string => `upload/${bucket}/`,
  /** NUL sorts the uploads of a key before those of any longer key. */
  upload: (bucket: string, key: string, uploadId: string): string => `upload/${bucket}/${key}\0${uploadId}`,
  partPrefix: (uploadId: string): string => `part/${uploadId}/`,
  part: (uploadId: string, number: number): string => `part/${uploadId}/${String(number).padStart(5, '0')}`,
} as const;
