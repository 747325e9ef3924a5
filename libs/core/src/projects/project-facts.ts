import type { ProjectFacts } from '../access/decide-access';
import type { ProjectRole } from '../shared/project-role';
import type { Project } from './project.entity';

export const projectFacts = (
  { id, archivedAt, review }: Project,
  memberRole: ProjectRole | null,
): ProjectFacts => ({ id, archivedAt, review, memberRole });
