import type { FastifyHttpOptions, FastifyInstance } from 'fastify';
import type { Server } from 'node:http';
import { answerClientError, answerRouterError } from './client-error';

/** What one caller may take of the server before anything is known of them. Times in milliseconds, sizes in bytes. */
export interface ServerLimits {
  bodyBytes: number;
  /** Request line and headers together; beyond it, 431. */
  headerBytes: number;
  urlLength: number;
  /** From the first byte of a request, or the opening of its connection, to the end of its headers. */
  headersMs: number;
  /** … to the end of its body. */
  requestMs: number;
  /** How often both are looked at. */
  checkMs: number;
  /** A connection over which nothing passes, in neither direction, while an answer is due. */
  silenceMs: number;
  /** Open at once; more are closed as they come. */
  connections: number;
}

/**
 * Bodies are small: files never come this way. An answer may take minutes, as that to the completion of a large file
 * does, and is not held to a time; what it waits for is.
 */
export const SERVER_LIMITS: ServerLimits = {
  bodyBytes: 256 * 1024,
  headerBytes: 16 * 1024,
  // RFC 9110 §4.1: 8000 octets should be taken; an old address is a reference too, in one piece of the path.
  urlLength: 8_000,
  headersMs: 10_000,
  requestMs: 30_000,
  checkMs: 5_000,
  silenceMs: 300_000,
  connections: 10_000,
};

export const fastifyOptions = (limits: ServerLimits) =>
  ({
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    connectionTimeout: limits.silenceMs,
    // What is too long is told by the length of the whole address.
    routerOptions: { maxParamLength: limits.headerBytes },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    clientErrorHandler: answerClientError,
    frameworkErrors: answerRouterError,
    http: {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkMs,
    },
  }) satisfies FastifyHttpOptions<Server>;

/** The limits that the server's options do not know of. */
export function limitRequests(fastify: FastifyInstance, limits: ServerLimits): void {
  fastify.server.maxConnections = limits.connections;
  fastify.addHook('onRequest', async ({ raw }) => {
    if ((raw.url?.length ?? 0) <= limits.urlLength) return;
    throw Object.assign(new Error(`The address is longer than ${limits.urlLength} characters.`), {
      statusCode: 414,
    });
  });
}
