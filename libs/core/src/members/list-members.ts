import { requireProject } from '../projects/require-project';
import type { Deps } from '../shared/deps';
import type { Page, PageRequest } from '../shared/page';
import type { Principal } from '../shared/principal';
import { type Member, readMembers } from './read-members';

/** Whoever works in a project sees who else does. Fails with `not_found`. */
export async function listMembers(
  principal: Principal,
  request: PageRequest & { projectId: string },
  deps: Pick<Deps, 'db'>,
): Promise<Page<Member>> {
  await requireProject(principal, { projectId: request.projectId, right: 'project.read' }, deps);
  return readMembers(deps.db.manager, request);
}
