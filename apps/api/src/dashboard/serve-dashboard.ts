import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { allowStyles } from '../http/security-headers';

const YEAR_SECONDS = 31_536_000;
const NONCE_BYTES = 16;

/** Stands in the built page where the nonce belongs; see the dashboard's vite.config.mts. */
const NONCE_PLACE = 'slipway-csp-nonce';

/** Each answer has a nonce of its own, so that none may be kept: an old page would not match a new policy. */
function servePage(fastify: FastifyInstance, page: string): void {
  const parts = page.split(NONCE_PLACE);
  for (const url of ['/', '/index.html']) {
    fastify.get(url, async (_request, reply) => {
      const nonce = randomBytes(NONCE_BYTES).toString('base64');
      allowStyles(reply, nonce);
      return reply
        .header('cache-control', 'no-store')
        .type('text/html; charset=utf-8')
        .send(parts.join(nonce));
    });
  }
}

/** The built dashboard at `/`; it routes by the fragment, so one page is all there is. False when it was not built. */
export async function serveDashboard(fastify: FastifyInstance, root: string): Promise<boolean> {
  const page = join(root, 'index.html');
  if (!existsSync(page)) return false;
  servePage(fastify, readFileSync(page, 'utf8'));
  await fastify.register(fastifyStatic, {
    root,
    wildcard: false,
    index: false,
    globIgnore: ['index.html'],
    decorateReply: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const hashed = path.includes('/assets/');
      void reply.header('cache-control', hashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
    },
  });
  return true;
}
