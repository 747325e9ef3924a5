import { authorize } from '../auth/authorize';
import { verifySignature, type Authority } from '../auth/verify-signature';
import { openPayload } from '../body/open-payload';
import { answerPreflight, headersForOrigin } from '../cors/apply-cors';
import { S3Error } from '../errors/s3-error';
import type { ServerLogger } from '../server-logger';
import type { Store } from '../store/store';
import { errorResponse } from './error-response';
import type { Exchange } from './exchange';
import { findRoute } from './find-route';
import { refuseUnsupportedHeaders } from './refuse-unsupported-headers';
import { RequestHeaders } from './request-headers';
import { primeStream } from './prime-stream';
import { parseRequestTarget } from './request-target';
import type { S3Request } from './s3-request';
import type { S3Response } from './s3-response';
import { sendResponse } from './send-response';

export interface ServerContext {
  store: Store;
  authority: Authority;
  logger: ServerLogger;
}

/** One request from its first header to the last byte of its answer. Never rejects. */
export async function handleRequest(context: ServerContext, exchange: Exchange): Promise<void> {
  const { id, outgoing } = exchange;
  exchange.addHeaders({ 'x-amz-request-id': id, server: 'slipway-object-server' });
  try {
    const response = await answer(context, exchange)
      .then(primeStream)
      .catch((error: unknown) => refuse(context, exchange, error));
    await sendResponse(exchange, response);
  } catch (error) {
    if (!outgoing.destroyed) {
      context.logger.error({ err: error, requestId: id }, 'An answer could not be sent to its end');
    }
    outgoing.destroy();
  }
}

async function answer({ store, authority }: ServerContext, exchange: Exchange): Promise<S3Response> {
  const request = readRequest(exchange);
  const { bucket, key, method, incoming } = request;
  const visit = { bucket, method, headers: incoming.headers };
  if (method === 'OPTIONS') return { status: 200, headers: answerPreflight(store.buckets, visit) };
  exchange.addHeaders(headersForOrigin(store.buckets, visit));

  const signature = verifySignature(request, authority);
  const route = findRoute(request);
  authorize(signature.credential, { operation: route.name, key });
  refuseUnsupportedHeaders(request);
  const hasChecksum = route.checksumOf !== 'object';
  const payload = openPayload(request, signature, { onRead: () => exchange.askForBody(), hasChecksum });
  return route.run({ request, bucket, key, payload, store, region: authority.region });
}

const readRequest = ({ id, incoming }: Exchange): S3Request => ({
  ...parseRequestTarget(incoming.url ?? ''),
  id,
  method: incoming.method ?? '',
  headers: new RequestHeaders(incoming.rawHeaders),
  incoming,
  receivedAt: new Date(),
});

function refuse({ logger }: ServerContext, exchange: Exchange, error: unknown): S3Response {
  if (exchange.isAbandoned) throw error;
  const context = { requestId: exchange.id, resource: exchange.incoming.url?.split('?')[0] ?? '' };
  if (error instanceof S3Error) return errorResponse(error, context);
  logger.error({ err: error, ...context }, 'A request failed');
  return errorResponse(new S3Error('InternalError'), context);
}
