import { KEY_MARK } from '@slipway/core/api-keys/key-text';
import { noteKeyUse } from '@slipway/core/api-keys/note-key-use';
import { readApiKey } from '@slipway/core/api-keys/read-api-key';
import type { Deps } from '@slipway/core/shared/deps';
import { DomainError } from '@slipway/core/shared/errors';
import { keyPrincipal } from '@slipway/core/shared/principal';
import type { FastifyRequest } from 'fastify';
import type { CredentialReader } from '../http/authenticate';
import { originOf } from '../http/origin-of';
import { bearerOf } from '../http/same-secret';

/** `X-Api-Key`, or a bearer that says it is a key; null where neither is shown. */
function shownKey({ headers }: FastifyRequest): string | null {
  const own = headers['x-api-key'];
  if (own !== undefined) return String(own);
  const bearer = bearerOf(headers.authorization);
  return bearer?.startsWith(KEY_MARK) === true ? bearer : null;
}

/**
 * Whoever shows an API key. One that is no good is refused with `unauthenticated`: what else the call shows does not
 * count then.
 */
export const apiKeyReader =
  (deps: Pick<Deps, 'db' | 'clock' | 'settings'>): CredentialReader =>
  async (request) => {
    const shown = shownKey(request);
    if (shown === null) return null;
    const key = await readApiKey(shown, deps);
    if (key === null) throw new DomainError('unauthenticated', 'This API key is not valid.');
    await noteKeyUse(key, deps).catch((error: unknown) => {
      request.log.warn({ err: error, key: key.facts.id }, 'The use of an API key could not be noted');
    });
    return keyPrincipal(key.facts, originOf(request));
  };
