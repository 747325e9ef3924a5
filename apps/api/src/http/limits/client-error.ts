import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { DomainError } from '@slipway/core/shared/errors';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
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
const MISSPELT: Refusal = { status: 400, detail: 'The address is not encoded as one.' };

/** No hook has run for what is refused this early: it has only these. */
const headersOf = (body: string, requestId: string): Record<string, string> => ({
  'content-type': 'application/problem+json',
  'content-length': String(Buffer.byteLength(body)),
  'x-request-id': requestId,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  connection: 'close',
});

/** Without the path, which is not known, or is what is wrong. */
const bodyOf = ({ status, detail }: Refusal, requestId: string): string =>
  JSON.stringify(toProblem(new DomainError('invalid_request', detail), { instance: '/', requestId, status }));

function answerText(refusal: Refusal, requestId: string): string {
  const body = bodyOf(refusal, requestId);
  const headers = Object.entries(headersOf(body, requestId)).map(([name, value]) => `${name}: ${value}`);
  const { status } = refusal;
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...headers, '', body].join('\r\n');
}

/** Answers what the router cannot read, before there is a route. */
export function answerRouterError(_error: Error, { id }: FastifyRequest, reply: FastifyReply): void {
  const body = bodyOf(MISSPELT, id);
  reply.hijack();
  reply.raw.writeHead(MISSPELT.status, headersOf(body, id)).end(body);
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
