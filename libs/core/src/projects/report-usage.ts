import { type ProjectUsage, readUsage } from '../quotas/read-usage';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { requireProject } from './require-project';

/** Fails with `not_found`. */
export async function reportUsage(
  principal: Principal,
  projectId: string,
  deps: Pick<Deps, 'db'>,
): Promise<ProjectUsage> {
  const { project } = await requireProject(principal, { projectId, right: 'project.read' }, deps);
  return readUsage(deps.db.manager, project.id);
}
