import type { S3Error } from '../errors/s3-error';
import { leaf } from '../xml/build-xml';
import type { S3Response } from './s3-response';

interface ErrorContext {
  requestId: string;
  /** Path of the request, decoded. */
  resource: string;
}

export function errorResponse(error: S3Error, { requestId, resource }: ErrorContext): S3Response {
  const elements = [
    leaf('Code', error.code),
    leaf('Message', error.message),
    ...Object.entries(error.fields).map(([name, value]) => leaf(name, value)),
    leaf('Resource', resource),
    leaf('RequestId', requestId),
  ];
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${elements.join('')}</Error>`;
  return { status: error.status, headers: error.headers, xml };
}
