/** What an API key can be allowed; never more than the account behind it may. */
export const SCOPES = [
  'projects:read',
  'projects:write',
  'members:write',
  'assets:read',
  'assets:write',
  'shares:write',
  'audit:read',
  'admin',
] as const;

export type Scope = (typeof SCOPES)[number];
