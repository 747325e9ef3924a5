/** A key inside the bucket; made only here, so that no other code concatenates one. */
export type ObjectKey = string;

/** Derived objects that stand beside the original; later ones go under `renditions/`. */
export const RENDITION_FILE_NAMES = { thumbnail: 'thumbnail.jpg', 'qr-code': 'qr-code.png' } as const;

export type RenditionName = keyof typeof RENDITION_FILE_NAMES;

const reserved = new Set<string>(Object.values(RENDITION_FILE_NAMES));

const assetFolder = (projectId: string, assetId: string): string =>
  `projects/${projectId}/assets/${assetId}/`;

const folderOf = (key: ObjectKey): string => key.slice(0, key.lastIndexOf('/') + 1);

/** Which of the keys that an asset has had. */
export interface KeyVersion {
  /** From 1; the first keys have none. */
  version: number;
  mark: string;
}

const EXPORTS = 'exports/';
const AUDIT_ANCHORS = 'audit/anchors/';

const galleryFolder = (slug: string): string => `public/galleries/${slug}/`;

export const objectKey = {
  /** Where a client's PUT lands; promoted by the server, then discarded. */
  incoming: (uploadId: string): ObjectKey => `incoming/${uploadId}`,
  /** A photo named `thumbnail.jpg` must not share its key with its own thumbnail. */
  original: (projectId: string, assetId: string, fileName: string): ObjectKey =>
    `${assetFolder(projectId, assetId)}${reserved.has(fileName.toLowerCase()) ? 'original-' : ''}${fileName}`,
  /** Beside the original, wherever that has moved to. */
  rendition: (original: ObjectKey, name: RenditionName): ObjectKey =>
    `${folderOf(original)}${RENDITION_FILE_NAMES[name]}`,
  /** Where the objects of an asset move to, still under its prefix; `mark` makes the folder one that was never used. */
  movedFolder: (asset: { projectId: string; id: string }, { version, mark }: KeyVersion): string =>
    `${assetFolder(asset.projectId, asset.id)}v${version}-${mark}/`,
  /** The same object in another folder. */
  inFolder: (folder: string, key: ObjectKey): ObjectKey => folder + key.slice(folderOf(key).length),
  /** Prefix of everything that belongs to one asset. */
  assetPrefix: assetFolder,
  /** The asset that a key was made for; null for a key that was not made here. */
  assetIdOf: (key: ObjectKey): string | null => /^projects\/[^/]+\/assets\/([^/]+)\//.exec(key)?.[1] ?? null,
  /** Where a check of the storage writes; the bucket clears what a killed one leaves, as all of `incoming/`. */
  checkPrefix: (checkId: string): string => `incoming/.check-${checkId}/`,
  /** Names the head of the audit chain by itself: a chain that was made anew never writes over the anchors of the old. */
  auditAnchor: (number: number, hash: string): ObjectKey =>
    `${AUDIT_ANCHORS}${String(number).padStart(12, '0')}-${hash}.json`,
  auditAnchorsPrefix: AUDIT_ANCHORS,
  /** The copy of a gallery that everybody may read, where the bucket lets them. */
  galleryPrefix: galleryFolder,
  galleryIndex: (slug: string): ObjectKey => `${galleryFolder(slug)}index.json`,
  galleryThumbnail: (slug: string, assetId: string): ObjectKey =>
    `${galleryFolder(slug)}thumbnails/${assetId}.jpg`,
  /** A file with all data of one account. */
  export: (userId: string, exportId: string): ObjectKey => `${EXPORTS}${userId}/${exportId}.zip`,
  exportsPrefix: EXPORTS,
  incomingPrefix: 'incoming/',
  projectsPrefix: 'projects/',
} as const;
