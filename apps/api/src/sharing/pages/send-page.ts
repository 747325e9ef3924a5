import type { Deps } from '@slipway/core/shared/deps';
import type { FastifyReply } from 'fastify';
import { documentOf, type PageContent } from './document';

/** Only what the pages use: their own files, pictures of the storage, and calls to this server. */
const policyFor = (storageOrigin: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src ${storageOrigin}`,
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The page as an answer that no cache keeps and that tells nobody where it came from. */
export async function sendPage(
  reply: FastifyReply,
  { status, ...content }: PageContent & { status: number },
  { signer }: Pick<Deps, 'signer'>,
): Promise<string> {
  const signing = await signer.open();
  void reply
    .status(status)
    .type('text/html; charset=utf-8')
    .header('content-security-policy', policyFor(new URL(signing.locate('')).origin))
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store');
  if (!content.isIndexed) void reply.header('x-robots-tag', 'noindex, nofollow, noarchive');
  return documentOf(content);
}
