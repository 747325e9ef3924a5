import type { Deps } from '../shared/deps';
import { type Page, type PageRequest, readPage } from '../shared/page';
import type { Principal } from '../shared/principal';
import { roleIn } from '../access/decide-access';
import type { ProjectRole } from '../shared/project-role';
import { Project } from './project.entity';
import { projectFacts } from './project-facts';
import { ProjectMember } from './project-member.entity';

export interface ListedProject {
  project: Project;
  /** The caller's. */
  role: ProjectRole | null;
}

/** The projects the caller may enter, newest first. */
export async function listProjects(
  principal: Principal,
  request: PageRequest,
  deps: Pick<Deps, 'db'>,
): Promise<Page<ListedProject>> {
  const userId = principal.account?.id ?? null;
  const query = deps.db.manager.createQueryBuilder(Project, 'p').where(
    `(p.id in (select m.project_id from project_members m where m.user_id = :userId) or p.id = any(:claimed))
       and (:only::text is null or p.id = :only)`,
    { userId, claimed: Object.keys(principal.claimedRoles), only: principal.key?.projectId ?? null },
  );
  const page = await readPage(query, request);
  const roles = await rolesIn(page.rows, userId, deps);
  const rows = page.rows.map((project) => ({
    project,
    role: roleIn(principal, projectFacts(project, roles.get(project.id) ?? null)),
  }));
  return { rows, nextCursor: page.nextCursor };
}

async function rolesIn(
  projects: readonly Project[],
  userId: string | null,
  { db }: Pick<Deps, 'db'>,
): Promise<Map<string, ProjectRole>> {
  if (userId === null || projects.length === 0) return new Map();
  const members = await db.manager
    .createQueryBuilder(ProjectMember, 'm')
    .where('m.userId = :userId and m.projectId in (:...ids)', { userId, ids: projects.map(({ id }) => id) })
    .getMany();
  return new Map(members.map(({ projectId, role }) => [projectId, role]));
}
