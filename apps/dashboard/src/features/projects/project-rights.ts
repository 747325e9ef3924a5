import type { Project } from '@slipway/sdk';

type Held = Pick<Project, 'role' | 'archived_at'>;

/** What the page offers; the API decides all the same. */
export const mayEdit = ({ role, archived_at }: Held): boolean =>
  archived_at === null && (role === 'editor' || role === 'owner');

export const mayManage = ({ role }: Pick<Held, 'role'>): boolean => role === 'owner';
