import type { IncomingMessage } from 'node:http';
import type { RequestHeaders } from './request-headers';
import type { RequestTarget } from './request-target';

export interface S3Request extends RequestTarget {
  /** Shown to the client as x-amz-request-id. */
  id: string;
  method: string;
  headers: RequestHeaders;
  incoming: IncomingMessage;
  receivedAt: Date;
}

/** Presigned URLs carry these in the query under names in lower case too, and they mean the same there. */
export function amzHeader(request: S3Request, name: string): string | undefined {
  return (
    request.headers.get(name) ??
    request.query.pairs.find(([candidate]) => candidate.toLowerCase() === name)?.[1]
  );
}
