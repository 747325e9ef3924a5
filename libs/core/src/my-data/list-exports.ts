import type { SignedUrl } from '@slipway/platform/object-store/url-signer';
import { contentDisposition } from '../assets/content-disposition';
import { usualLife } from '../assets/url-life';
import type { Deps } from '../shared/deps';
import { accountOf, type Principal } from '../shared/principal';
import { Export } from './export.entity';

export interface ListedExport {
  export: Export;
  /** Null while it is not ready, and when it is gone again. */
  url: SignedUrl | null;
}

const LIMIT = 20;

/** The caller's exports, newest first. A URL of one is given out only after that is on record. */
export async function listExports(
  principal: Principal,
  deps: Pick<Deps, 'db' | 'audit' | 'signer' | 'clock' | 'settings'>,
): Promise<ListedExport[]> {
  const found = await deps.db.manager.find(Export, {
    where: { userId: accountOf(principal) },
    order: { createdAt: 'DESC', id: 'DESC' },
    take: LIMIT,
  });
  return Promise.all(found.map(async (one) => ({ export: one, url: await urlOf(principal, one, deps) })));
}

async function urlOf(
  principal: Principal,
  { id, key, status, createdAt, expiresAt }: Export,
  deps: Pick<Deps, 'audit' | 'signer' | 'clock' | 'settings'>,
): Promise<SignedUrl | null> {
  const now = deps.clock.now();
  if (status !== 'ready' || expiresAt === null || expiresAt <= now) return null;
  const { promised: expiresIn } = usualLife(principal, deps);
  const fileName = `slipway-${createdAt.toISOString().slice(0, 10)}.zip`;
  const signed = (await deps.signer.open()).get(key, {
    now,
    expiresIn,
    responseContentDisposition: contentDisposition('attachment', fileName),
    responseCacheControl: 'private, no-store',
  });
  const details = { export_id: id, expires_at: signed.expiresAt.toISOString() };
  await deps.audit.recordGrant(principal, { action: 'accessed', at: now, details });
  return signed;
}
