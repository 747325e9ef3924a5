import type { components, paths } from '../generated/openapi.js';

type Schemas = components['schemas'];

export type AdminUser = Schemas['AdminUserResponse'];
export type ListUsersRequest = NonNullable<paths['/api/admin/users']['get']['parameters']['query']>;
export type UpdateUserInput = Schemas['UpdateUserBody'];

export type Tier = Schemas['TierResponse'];
/** A limit that is left out is none, so send those too that stay. */
export type TierInput = Schemas['TierBody'];

/** Waits for a decision; with URLs of its bytes, which an administrator gets for this alone. */
export type ModerationItem = Schemas['ModerationItemResponse'];
