/** From the least to the most: each may what those before it may. */
export const PROJECT_ROLES = ['viewer', 'editor', 'owner'] as const;

export type ProjectRole = (typeof PROJECT_ROLES)[number];

export const reaches = (role: ProjectRole, needed: ProjectRole): boolean =>
  PROJECT_ROLES.indexOf(role) >= PROJECT_ROLES.indexOf(needed);
