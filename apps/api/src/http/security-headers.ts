import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply } from 'fastify';

const isJson = (reply: FastifyReply): boolean =>
  /^application\/(\w+\+)?json/.test(String(reply.getHeader('content-type')));

/** The dashboard talks to this server and to the storage's origin, and to nobody else. */
export async function setSecurityHeaders(fastify: FastifyInstance, storageOrigin: string): Promise<void> {
  await fastify.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:', storageOrigin],
        mediaSrc: ["'self'", 'blob:', storageOrigin],
        connectSrc: ["'self'", storageOrigin],
        objectSrc: ["'none'"],
        frameSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
      },
    },
    // The storage is another origin; its images must stay usable here, and ours nowhere else.
    crossOriginEmbedderPolicy: false,
    crossOriginResourcePolicy: { policy: 'same-site' },
    strictTransportSecurity: false,
  });
  // Answers carry tokens and signed URLs, which no cache on the way may keep; a route may say otherwise.
  fastify.addHook('onSend', async (_request, reply) => {
    if (isJson(reply) && !reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  });
}
