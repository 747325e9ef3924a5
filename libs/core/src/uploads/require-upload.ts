import { requireProject } from '../projects/require-project';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import type { Upload } from './upload.entity';

/**
 * The upload if the caller may finish it, else `not_found`: another project's and another user's upload
 * look like one that never was.
 */
export async function requireUpload(
  principal: Principal,
  found: Upload | null,
  deps: Pick<Deps, 'db'>,
): Promise<Upload> {
  const owns = found !== null && (principal.kind === 'system' || found.createdBy === principal.id);
  if (!owns) throw new DomainError('not_found', 'There is no such upload.');
  await requireProject(principal, found.projectId, deps);
  return found;
}
