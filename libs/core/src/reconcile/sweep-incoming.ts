import { objectKey } from '@slipway/platform/object-store/object-key';
import type { ListedObject } from '@slipway/platform/object-store/object-store';
import type { EntityManager } from 'typeorm';
import { objectPages } from './bucket-objects';
import type { Finding, Look, SweepDeps } from './finding';
import { removeStray } from './remove-stray';

/** As the bucket's own rule for `incoming/` (`npm run setup`), for storages that have no such rules. */
const UNKNOWN_MS = 24 * 60 * 60 * 1000;

/** Finds what landed for uploads that have ended, and what nobody knows there, such as a killed check's objects. */
export async function* sweepIncoming(look: Look, deps: SweepDeps): AsyncGenerator<Finding[]> {
  const forgottenBefore = new Date(look.now.getTime() - UNKNOWN_MS);
  for await (const page of objectPages(deps.objects, objectKey.incomingPrefix, look)) {
    look.compared(page.length);
    const settled = page.filter(({ lastModified }) => lastModified < look.settledBefore);
    const owners = await ownersOf(settled, deps.db.manager);
    yield settled.flatMap(({ key, lastModified }): Finding[] => {
      const owner = owners.get(key);
      const stray = owner ? owner.status !== 'pending' : lastModified < forgottenBefore;
      return stray ? [strayIncoming(key, owner, { look, deps })] : [];
    });
  }
}

interface Owner {
  incoming_key: string;
  status: string;
  project_id: string;
  asset_id: string;
}

async function ownersOf(found: readonly ListedObject[], db: EntityManager): Promise<Map<string, Owner>> {
  if (found.length === 0) return new Map();
  const rows = await db.query<Owner[]>(
    'select incoming_key, status, project_id, asset_id from uploads where incoming_key = any ($1)',
    [found.map(({ key }) => key)],
  );
  return new Map(rows.map((row) => [row.incoming_key, row]));
}

function strayIncoming(
  key: string,
  owner: Owner | undefined,
  { look, deps }: { look: Look; deps: SweepDeps },
): Finding {
  const ids = { projectId: owner?.project_id ?? null, assetId: owner?.asset_id ?? null };
  const stray = { kind: 'stray_incoming', key, ...ids, remove: () => deps.objects.delete(key) } as const;
  return { kind: stray.kind, facts: { key }, repair: () => removeStray(look, stray, deps) };
}
