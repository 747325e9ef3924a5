import { Asset } from '../assets/asset.entity';
import { requireProject } from '../projects/require-project';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import { Import } from './import.entity';

export interface ImportWithRef {
  row: Import;
  /** Of the asset; null until there is one. */
  privateRef: string | null;
}

const noSuchImport = () => new DomainError('not_found', 'There is no such import.');

/** Fails with `not_found`, the same for another project's and for one that never was. */
export async function readImport(
  principal: Principal,
  importId: string,
  deps: Pick<Deps, 'db'>,
): Promise<ImportWithRef> {
  const row = await deps.db.manager.findOneBy(Import, { id: importId });
  if (!row) throw noSuchImport();
  await requireProject(principal, { projectId: row.projectId, right: 'assets.read' }, deps).catch(
    (error: unknown) => {
      throw error instanceof DomainError && error.code === 'not_found' ? noSuchImport() : error;
    },
  );
  return withRef(row, deps);
}

export async function withRef(row: Import, { db }: Pick<Deps, 'db'>): Promise<ImportWithRef> {
  const asset = row.assetId === null ? null : await db.manager.findOneBy(Asset, { id: row.assetId });
  return { row, privateRef: asset?.privateRef ?? null };
}
