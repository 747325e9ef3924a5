import type { Scope } from '@slipway/sdk/people';

export const SCOPE_NAMES: Record<Scope, string> = {
  'assets:read': 'See files',
  'assets:write': 'Add, change and delete files',
  'projects:read': 'See projects',
  'projects:write': 'Create and change projects',
  'members:write': 'Decide on members',
  'shares:write': 'Share files',
  'audit:read': 'See the activity',
  admin: 'Run the installation',
};

export const scopesFor = ({ isAdmin }: { isAdmin: boolean }): Scope[] =>
  (Object.keys(SCOPE_NAMES) as Scope[]).filter((scope) => isAdmin || scope !== 'admin');
