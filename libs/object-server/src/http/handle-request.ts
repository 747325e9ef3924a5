import { authorize } from '../auth/authorize';
import { verifySignature, type Authority } from '../auth/verify-signature';
import { openPayload } from '../body/open-payload';
import { answerPreflight, headersForOrigin } from '../cors/apply-cors';
import { S3Error } from '../errors/s3-error';
import { CREATED_BY, createdMessage } from '../events/created-message';
import type { EventSender } from '../events/event-sender';
import type { ServerLogger } from '../server-logger';
import type { Store } from '../store/store';
import type { Throttle } from '../throttle/throttle';
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
  /** Null where nobody is told of new objects. */
  events: EventSender | null;
  /** Null for bodies as fast as they come. */
  throttle: Throttle | null;
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

async function answer(context: ServerContext, exchange: Exchange): Promise<S3Response> {
  const { store, authority, throttle } = context;
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
  const onRead = (): void => exchange.askForBody();
  const payload = openPayload(request, signature, { onRead, hasChecksum, throttle });
  const response = await route.run({ request, bucket, key, payload, store, region: authority.region });
  tellOfCreation(context, request, route.name);
  return response;
}

function tellOfCreation({ store, authority, events }: ServerContext, request: S3Request, operation: string) {
  const eventName = CREATED_BY[operation];
  if (!events || eventName === undefined) return;
  const { id: requestId, bucket, key } = request;
  // Replaced or deleted already: then there is another event, or nothing to tell.
  const record = store.objects.find(bucket, key);
  const at = new Date();
  const { region } = authority;
  if (record) events.tell(createdMessage({ eventName, bucket, region, record, at, requestId }));
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
