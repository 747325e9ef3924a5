import { DomainError } from '@slipway/core/shared/errors';
import type { FastifyInstance } from 'fastify';
import { isDeeperThan } from './json-depth';

/** Three times what the deepest message of a storage has. */
const MOST_LEVELS = 32;

/**
 * Takes JSON and nothing else. A page of another origin can send forms and plain text without being asked, but JSON only
 * when CORS lets it; what nests too deeply is refused before it is parsed, `__proto__` and `constructor.prototype`
 * while it is.
 */
export function takeJsonOnly(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    if (isDeeperThan(MOST_LEVELS, body)) {
      done(new DomainError('invalid_request', `The JSON nests deeper than ${MOST_LEVELS} levels.`));
      return;
    }
    void parse(request, body.toString('utf8'), done);
  });
}
