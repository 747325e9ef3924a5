import type { Principal } from '../shared/principal';

/** What a decision needs to know of a project. */
export interface ProjectAccess {
  ownerId: string;
}

/** The one place that says who may enter a project; the system acts in jobs, on nobody's request. */
export function mayEnter(principal: Principal, project: ProjectAccess): boolean {
  return principal.kind === 'system' || project.ownerId === principal.id;
}
