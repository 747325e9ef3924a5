/** Longer texts of the decoder help nobody. */
const LONGEST = 160;

const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/exceeds pixel limit/i, 'The image has more pixels than can be decoded.'],
  [/unsupported image format|not a known file format/i, 'The file is not an image that can be read.'],
  [
    /bitstream not supported|unsupported (codec|feature)/i,
    'The image uses a compression that cannot be read.',
  ],
];

/** libvips prefixes the part that failed and the file's path, and gathers one line for each thing it tried. */
const PREFIX = /^(?:\/\S+: |Input (?:file|buffer) has corrupt header: |Vips\w+: |[a-z]+2?\w*load\w*: )+/i;

/** Turns libvips' words into a sentence for the person who uploaded the file. */
export function explainImageError(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const known = KNOWN.find(([pattern]) => pattern.test(text));
  if (known) return known[1];
  const line = text.split('\n', 1)[0] ?? '';
  const words = line.replace(PREFIX, '').trim().slice(0, LONGEST);
  return words === '' ? 'The image is damaged.' : `The image is damaged: ${words.replace(/\.$/, '')}.`;
}
