import { objectKey } from '@slipway/platform/object-store/object-key';
import type { ListedObject } from '@slipway/platform/object-store/object-store';
import type { EntityManager } from 'typeorm';
import { objectPages } from './bucket-objects';
import type { Finding, Look, SweepDeps } from './finding';
import { removeStray } from './remove-stray';

/** Finds files with somebody's data whose export has ended, and which a job should have removed. */
export async function* sweepExports(look: Look, deps: SweepDeps): AsyncGenerator<Finding[]> {
  for await (const page of objectPages(deps.objects, objectKey.exportsPrefix, look)) {
    look.compared(page.length);
    const settled = page.filter(({ lastModified }) => lastModified < look.settledBefore);
    const statuses = await statusesOf(settled, deps.db.manager);
    yield settled.flatMap(({ key }): Finding[] => {
      const status = statuses.get(key);
      if (status === 'pending' || status === 'ready') return [];
      if (status === undefined) return [{ kind: 'unknown_object', facts: { key }, repair: null }];
      return [strayExport(key, { look, deps })];
    });
  }
}

async function statusesOf(found: readonly ListedObject[], db: EntityManager): Promise<Map<string, string>> {
  if (found.length === 0) return new Map();
  const rows = await db.query<{ key: string; status: string }[]>(
    'select key, status from exports where key = any ($1)',
    [found.map(({ key }) => key)],
  );
  return new Map(rows.map(({ key, status }) => [key, status]));
}

function strayExport(key: string, { look, deps }: { look: Look; deps: SweepDeps }): Finding {
  const kind = 'stray_object';
  const stray = {
    kind,
    key,
    projectId: null,
    assetId: null,
    remove: () => deps.objects.delete(key),
  } as const;
  return { kind, facts: { key }, repair: () => removeStray(look, stray, deps) };
}
