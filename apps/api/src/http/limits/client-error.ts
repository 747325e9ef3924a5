import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { DomainError } from '@slipway/core/shared/errors';
import type { FastifyInstance } from 'fastify';
import { toProblem } from '../problem';

interface Refusal {
  status: number;
  detail: string;
}

const REFUSALS: Record<string, Refusal> = {
  HPE_HEADER_OVERFLOW: { status: 431, detail: 'The headers of the request are too long.' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, detail: 'The request took too long to arrive.' },
};

const MALFORMED: Refusal = { status: 400, detail: 'This is not a request of HTTP/1.1.' };

function answerText({ status, detail }: Refusal, requestId: string): string {
  const error = new DomainError('invalid_request', detail);
  // Which path was asked for is not known.
  const body = JSON.stringify(toProblem(error, { instance: '/', requestId, status }));
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'cache-control: no-store',
    'x-content-type-options: nosniff',
    'connection: close',
    '',
    body,
  ].join('\r\n');
}

/** Answers what never became a request: too long a header, too slow a client, something other than HTTP. */
export function answerClientError(
  this: FastifyInstance,
  error: Error & { code?: string },
  socket: Socket,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = randomUUID();
  const refusal = REFUSALS[error.code ?? ''] ?? MALFORMED;
  this.log.debug(
    { reqId: requestId, code: error.code, status: refusal.status },
    'refused before it was a request',
  );
  socket.end(answerText(refusal, requestId), () => socket.destroy());
}
