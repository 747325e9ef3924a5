const OFFICE = 'application/vnd.openxmlformats-officedocument';
const OPEN_DOCUMENT = 'application/vnd.oasis.opendocument';

/** A kind of file that begins with a signature. */
interface SignedKind {
  /** What people and browsers call it. */
  declared: readonly string[];
  /** What its bytes may be detected as. */
  detected: readonly string[];
}

const kind = (declared: readonly string[], ...alsoDetected: string[]): SignedKind => ({
  declared,
  detected: [...declared, ...alsoDetected],
});

/** A document inside a ZIP: its own type shows only when the entry that names it is among the first bytes. */
const zipped = (type: string): SignedKind => ({ declared: [type], detected: [type, 'application/zip'] });

const ZIPPED = [
  `${OFFICE}.wordprocessingml.document`,
  `${OFFICE}.wordprocessingml.template`,
  `${OFFICE}.spreadsheetml.sheet`,
  `${OFFICE}.spreadsheetml.template`,
  `${OFFICE}.presentationml.presentation`,
  `${OFFICE}.presentationml.slideshow`,
  `${OFFICE}.presentationml.template`,
  `${OPEN_DOCUMENT}.text`,
  `${OPEN_DOCUMENT}.spreadsheet`,
  `${OPEN_DOCUMENT}.presentation`,
  `${OPEN_DOCUMENT}.graphics`,
  'application/epub+zip',
  'application/java-archive',
  'application/vnd.android.package-archive',
  'model/3mf',
];

/** One container for all of them; its brand says little, and players go by what is inside. */
const ISO_MEDIA = [
  'video/mp4',
  'video/quicktime',
  'video/x-m4v',
  'video/3gpp',
  'video/3gpp2',
  'audio/mp4',
  'audio/x-m4a',
  'audio/m4a',
];

/**
 * `application/vnd.ms-excel` is missing on purpose: Windows with Excel declares CSV files so.
 * MPEG transport streams and others with a signature of one byte are left to be accepted as unknown.
 */
const KINDS: readonly SignedKind[] = [
  kind(['image/jpeg', 'image/jpg', 'image/pjpeg']),
  kind(['image/png', 'image/x-png', 'image/apng']),
  kind(['image/gif']),
  kind(['image/webp']),
  // Both may carry the brand `mif1`, which stands for any of the family.
  kind(['image/avif'], 'image/heif'),
  kind(['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence']),
  kind(['image/tiff', 'image/tif', 'image/x-tiff']),
  kind(['image/bmp', 'image/x-bmp', 'image/x-ms-bmp']),
  kind(['image/x-icon', 'image/vnd.microsoft.icon']),
  kind(['image/jxl']),
  kind(['image/vnd.adobe.photoshop', 'image/x-photoshop']),
  kind(['application/pdf', 'application/x-pdf']),
  kind(['model/gltf-binary']),
  kind(ISO_MEDIA),
  kind(['video/webm', 'audio/webm', 'video/matroska', 'video/x-matroska', 'audio/x-matroska']),
  kind(['video/x-msvideo', 'video/avi', 'video/msvideo', 'video/vnd.avi']),
  kind(['video/x-ms-wmv', 'video/x-ms-asf', 'audio/x-ms-wma', 'application/vnd.ms-asf'], 'audio/x-ms-asf'),
  kind(['video/x-flv']),
  kind(['audio/mpeg', 'audio/mp3', 'audio/x-mp3', 'audio/x-mpeg']),
  kind(['audio/wav', 'audio/wave', 'audio/x-wav', 'audio/vnd.wave']),
  kind(['audio/ogg', 'video/ogg', 'application/ogg', 'audio/opus'], 'audio/ogg; codecs=opus'),
  kind(['audio/flac', 'audio/x-flac']),
  kind(['audio/aac', 'audio/x-aac', 'audio/aacp']),
  kind(['audio/aiff', 'audio/x-aiff']),
  kind(['audio/midi', 'audio/mid', 'audio/x-midi']),
  kind(['application/zip', 'application/x-zip-compressed', 'application/x-zip'], ...ZIPPED),
  ...ZIPPED.map(zipped),
  kind(['application/gzip', 'application/x-gzip', 'application/x-compressed-tar']),
  kind(['application/x-7z-compressed']),
  kind(['application/vnd.rar', 'application/x-rar-compressed', 'application/x-rar']),
  kind(['application/x-tar', 'application/tar']),
  kind(['application/x-bzip2', 'application/x-bzip']),
  kind(['application/x-xz']),
  kind(['application/zstd', 'application/x-zstd']),
  // Word writes RTF under the name .doc as well.
  kind(['application/msword'], 'application/x-cfb', 'application/rtf'),
  kind(['application/vnd.ms-powerpoint'], 'application/x-cfb'),
  kind(['application/rtf', 'text/rtf']),
  kind(['font/woff2', 'application/font-woff2']),
  kind(['font/woff', 'application/font-woff']),
  kind([
    'font/ttf',
    'font/otf',
    'font/sfnt',
    'font/collection',
    'application/x-font-ttf',
    'application/x-font-otf',
  ]),
  kind(['application/wasm']),
];

const DETECTED_AS = new Map(
  KINDS.flatMap(({ declared, detected }) => declared.map((type) => [type, detected])),
);

/** What the bytes of a declared type may be detected as; undefined for a type that has no known signature. */
export const signaturesOf = (declared: string): readonly string[] | undefined => DETECTED_AS.get(declared);
