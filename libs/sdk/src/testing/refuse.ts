import type { ServerResponse } from 'node:http';

const STATUS: Record<string, number> = { BadDigest: 400, NoSuchUpload: 404 };

/** A storage's no, in S3's words. */
export function refuse(response: ServerResponse, code: string, message = ''): void {
  response.writeHead(STATUS[code] ?? 403, { 'content-type': 'application/xml' });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}
