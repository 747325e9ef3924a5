import { randomUUID } from 'node:crypto';
import { proveLedger } from '@slipway/core/quotas/prove-ledger';
import { readUsage, type Usage } from '@slipway/core/quotas/read-usage';
import type { DomainError } from '@slipway/core/shared/errors';
import type { Principal } from '@slipway/core/shared/principal';
import { beginUpload, type BegunUpload } from '@slipway/core/uploads/begin-uploads';
import type { CoreWorld } from './core-world';

export const MB = 1_000_000;

interface Limits {
  maxBytes?: number;
  maxFiles?: number | null;
  maxProjectBytes?: number | null;
  maxProjectFiles?: number | null;
}

/** Puts the user into a tier of their own; what is not named is wide. */
export async function setTier({ deps }: CoreWorld, user: Principal, limits: Limits): Promise<void> {
  const { maxBytes = 1e12, maxFiles = null, maxProjectBytes = null, maxProjectFiles = null } = limits;
  const name = randomUUID();
  await deps.db.query(
    `insert into tiers (name, max_bytes, max_file_size, max_files, max_project_bytes, max_project_files)
     values ($1, $2, 1000000000000, $3, $4, $5)`,
    [name, maxBytes, maxFiles, maxProjectBytes, maxProjectFiles],
  );
  await deps.db.query('update users set tier = $2 where id = $1', [user.id, name]);
}

/** Begins an upload of a file of `fileSize` bytes, of which none need exist. */
export const announce = (
  { deps }: CoreWorld,
  user: Principal,
  file: { projectId: string; fileSize: number },
): Promise<BegunUpload> =>
  beginUpload(
    user,
    { ...file, fileName: 'cargo.bin', contentType: 'application/octet-stream', checksumSha256: null },
    deps,
  );

/** Used and reserved, as `bytes/files`. */
const told = ({ storage, files }: Usage) => ({
  used: `${storage.used}/${files.used}`,
  reserved: `${storage.reserved}/${files.reserved}`,
});

/** What the ledger says of the project and of its owner, once it is proven that it says what the rows say. */
export async function provenUsage({ deps }: CoreWorld, projectId: string) {
  expect(await proveLedger(deps)).toEqual([]);
  const { project, account } = await readUsage(deps.db.manager, projectId);
  return { project: told(project), account: told(account) };
}

/** The same of a project and of its account, where that has no other. */
export const both = (used: string, reserved: string) => ({
  project: { used, reserved },
  account: { used, reserved },
});

/** The refusals among `results`; any other failure fails the test. */
export function refusals(results: PromiseSettledResult<unknown>[]): DomainError[] {
  const failures = results.filter((result) => result.status === 'rejected');
  const reasons = failures.map(({ reason }) => reason as DomainError);
  expect(reasons.filter(({ code }) => code !== 'quota_exceeded')).toEqual([]);
  return reasons;
}
