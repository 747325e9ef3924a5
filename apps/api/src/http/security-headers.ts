import helmet from '@fastify/helmet';
import type { FastifyInstance, FastifyReply } from 'fastify';

const isJson = (reply: FastifyReply): boolean =>
  /^application\/(\w+\+)?json/.test(String(reply.getHeader('content-type')));

const YEAR_SECONDS = 31_536_000;

/** The pages here use none of it; nor may what somebody gets into them. */
const PERMISSIONS = [
  'camera',
  'microphone',
  'geolocation',
  'payment',
  'usb',
  'display-capture',
  'browsing-topics',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

const POLICY = 'content-security-policy';
const STYLES = "'self'";

/** Lets style elements with this nonce through, on this answer. */
export function allowStyles(reply: FastifyReply, nonce: string): void {
  const policy = String(reply.getHeader(POLICY) ?? reply.raw.getHeader(POLICY));
  void reply.header(POLICY, policy.replace(`style-src ${STYLES}`, `style-src ${STYLES} 'nonce-${nonce}'`));
}

/** The dashboard talks to this server and to the storage's origin, and to nobody else. */
export async function setSecurityHeaders(
  fastify: FastifyInstance,
  { storageOrigin, publicUrl }: { storageOrigin: string; publicUrl: string },
): Promise<void> {
  await fastify.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: [STYLES],
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
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: publicUrl.startsWith('https:') && {
      maxAge: YEAR_SECONDS,
      includeSubDomains: false,
    },
  });
  fastify.addHook('onRequest', async (_request, reply) => {
    void reply.header('permissions-policy', PERMISSIONS);
  });
  // Answers carry tokens and signed URLs, which no cache on the way may keep; a route may say otherwise.
  fastify.addHook('onSend', async (_request, reply) => {
    if (isJson(reply) && !reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
  });
}
