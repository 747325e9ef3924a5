/** A key inside the bucket; made only here, so that no other code concatenates one. */
export type ObjectKey = string;

const assetFolder = (projectId: string, assetId: string): string => `projects/${projectId}/assets/${assetId}/`;

export const objectKey = {
  /** Where a client's PUT lands; promoted by the server, then discarded. */
  incoming: (uploadId: string): ObjectKey => `incoming/${uploadId}`,
  original: (projectId: string, assetId: string, fileName: string): ObjectKey =>
    `${assetFolder(projectId, assetId)}${fileName}`,
  /** Derived objects live in a folder of their own, so that no file name can collide with one. */
  rendition: (projectId: string, assetId: string, fileName: string): ObjectKey =>
    `${assetFolder(projectId, assetId)}renditions/${fileName}`,
  /** Prefix of everything that belongs to one asset. */
  assetPrefix: assetFolder,
  incomingPrefix: 'incoming/',
  projectsPrefix: 'projects/',
} as const;
