const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** `1.2 MB`; powers of a thousand, as phones and file managers count. */
export function formatSize(bytes: number): string {
  let unit = 0;
  let amount = bytes;
  while (amount >= 999.5 && unit < UNITS.length - 1) {
    amount /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || amount >= 9.95 ? 0 : 1;
  return `${amount.toFixed(digits)} ${UNITS[unit]}`;
}

const KINDS: Record<string, string> = {
  image: 'image',
  video: 'video',
  audio: 'audio',
  model: '3D model',
};

/** `PNG image`, `PDF`, `File`: what people call a content type. */
export function describeType(contentType: string): string {
  if (contentType === 'application/pdf') return 'PDF';
  const [family = '', subtype = ''] = contentType.split('/');
  if (family === 'text') return 'Text';
  const kind = KINDS[family];
  if (kind === undefined) return 'File';
  const name = subtype.replace(/^(x-|vnd\.)/, '').split('+', 1)[0] ?? '';
  return name.length <= 5 ? `${name.toUpperCase()} ${kind}` : kind.charAt(0).toUpperCase() + kind.slice(1);
}
