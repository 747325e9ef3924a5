export const quoteEtag = (etag: string): string => `"${etag}"`;

export const unquoteEtag = (text: string): string => text.trim().replace(/^W\//, '').replaceAll('"', '');

/** Whether an If-Match or If-None-Match header names the ETag; `*` names any. */
export const namesEtag = (header: string, etag: string): boolean =>
  header.split(',').some((candidate) => candidate.trim() === '*' || unquoteEtag(candidate) === etag);
