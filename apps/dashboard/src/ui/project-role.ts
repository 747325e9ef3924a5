import type { ProjectRole } from '@slipway/sdk/people';

export const ROLES: readonly ProjectRole[] = ['viewer', 'editor', 'owner'];

export const ROLE_NAMES: Record<ProjectRole, string> = { viewer: 'Viewer', editor: 'Editor', owner: 'Owner' };

export const ROLE_MEANINGS: Record<ProjectRole, string> = {
  viewer: 'sees and downloads files',
  editor: 'also adds, shares and deletes them',
  owner: 'also decides on people and settings',
};
