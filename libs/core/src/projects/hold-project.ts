import type { EntityManager } from 'typeorm';
import type { ProjectRight } from '../access/rights';
import { roleIn } from '../access/decide-access';
import type { Principal } from '../shared/principal';
import { Project } from './project.entity';
import { projectFacts } from './project-facts';
import { ProjectMember } from './project-member.entity';
import { assertRight, type EnteredProject, noSuchProject } from './require-project';

/**
 * The project's row, held until the transaction ends: whoever changes its members, its owner or its archive holds it, so
 * these stay as they are read here. Uploads do not wait for it. Fails with `not_found`.
 */
export async function lockProject(tx: EntityManager, projectId: string): Promise<Project> {
  const project = await findLocked(tx, projectId);
  if (!project) throw noSuchProject();
  return project;
}

const findLocked = (tx: EntityManager, projectId: string): Promise<Project | null> =>
  tx
    .createQueryBuilder(Project, 'p')
    .setLock('for_no_key_update')
    .where('p.id = :projectId', { projectId })
    .getOne();

/** `requireProject` with the row held, for what must not change between the decision and the act. Fails alike. */
export async function holdProject(
  tx: EntityManager,
  principal: Principal,
  { projectId, right }: { projectId: string; right: ProjectRight },
): Promise<EnteredProject> {
  const project = await findLocked(tx, projectId);
  const userId = principal.account?.id;
  const member = userId === undefined ? null : await tx.findOneBy(ProjectMember, { projectId, userId });
  // Only now: what never was takes as long to refuse as what is another's.
  if (!project) throw noSuchProject();
  const facts = projectFacts(project, member?.role ?? null);
  assertRight(principal, facts, right);
  return { project, facts, role: roleIn(principal, facts) };
}
