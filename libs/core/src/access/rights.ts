import type { ProjectRole } from '../shared/project-role';
import type { Scope } from '../shared/scope';

interface RightNeeds {
  /** What an API key must have; null: no key will do, only a person's own sign-in. */
  scope: Scope | null;
  /** The least role in the project; null: the right is not about a project. */
  role: ProjectRole | null;
  /** It changes something, which an archived project does not take. */
  changes?: true;
}

/** Every right that a route can declare. */
export const RIGHTS = {
  account: { scope: null, role: null },
  admin: { scope: 'admin', role: null },
  'projects.list': { scope: 'projects:read', role: null },
  'projects.create': { scope: 'projects:write', role: null },
  'project.read': { scope: 'projects:read', role: 'viewer' },
  'project.manage': { scope: 'projects:write', role: 'owner', changes: true },
  /** Taking a project out of the archive and putting it there. */
  'project.archive': { scope: 'projects:write', role: 'owner' },
  'members.manage': { scope: 'members:write', role: 'owner', changes: true },
  'assets.read': { scope: 'assets:read', role: 'viewer' },
  'assets.write': { scope: 'assets:write', role: 'editor', changes: true },
  'shares.manage': { scope: 'shares:write', role: 'editor', changes: true },
  'audit.read': { scope: 'audit:read', role: 'owner' },
} as const satisfies Record<string, RightNeeds>;

export type Right = keyof typeof RIGHTS;

/** Rights about one project. */
export type ProjectRight = {
  [Name in Right]: (typeof RIGHTS)[Name]['role'] extends ProjectRole ? Name : never;
}[Right];

export const needsOf = (right: Right): RightNeeds => RIGHTS[right];
