import type { ProjectFacts } from '../access/decide-access';
import { requireProject } from '../projects/require-project';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';
import type { Upload } from './upload.entity';

/**
 * The upload if the caller may finish it, and its project. Fails with `not_found`, since another project's and another
 * user's upload look like one that never was; with `forbidden` or `project_archived` where the caller may write no more.
 */
export async function requireUpload(
  principal: Principal,
  found: Upload | null,
  deps: Pick<Deps, 'db'>,
): Promise<{ upload: Upload; project: ProjectFacts }> {
  const owns = found !== null && (principal.kind === 'system' || found.createdBy === principal.account?.id);
  if (!owns) throw new DomainError('not_found', 'There is no such upload.');
  const { facts } = await requireProject(
    principal,
    { projectId: found.projectId, right: 'assets.write' },
    deps,
  );
  return { upload: found, project: facts };
}
