/** Without its quotes, and without the mark of a weak one. */
export const unquoted = (etag: string | undefined): string => (etag ?? '').replace(/^(?:W\/)?"|"$/g, '');

/** A key as listings tell it: XML cannot carry every character that a key may have. */
export const decodeKey = (key: string | undefined, encoding: string | undefined): string =>
  encoding === 'url' ? decodeURIComponent((key ?? '').replaceAll('+', ' ')) : (key ?? '');
