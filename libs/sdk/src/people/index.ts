import type { Connection } from '../client/connection.js';
import { AccountAPI } from './account-api.js';
import { ApiKeysAPI } from './api-keys-api.js';
import { AuditAPI } from './audit-api.js';
import { GalleriesAPI } from './galleries-api.js';
import { ImportsAPI } from './imports-api.js';
import { InvitationsAPI } from './invitations-api.js';
import { MembersAPI } from './members-api.js';
import { MyDataAPI } from './my-data-api.js';
import { SharesAPI } from './shares-api.js';

export interface People {
  readonly account: AccountAPI;
  readonly apiKeys: ApiKeysAPI;
  readonly audit: AuditAPI;
  readonly galleries: GalleriesAPI;
  readonly imports: ImportsAPI;
  readonly invitations: InvitationsAPI;
  readonly members: MembersAPI;
  readonly myData: MyDataAPI;
  readonly shares: SharesAPI;
}

/** The calls about people and access, for a client of `createClient`: an entry of its own, since most pages need none. */
export const createPeople = (client: Connection): People => ({
  account: new AccountAPI(client),
  apiKeys: new ApiKeysAPI(client),
  audit: new AuditAPI(client),
  galleries: new GalleriesAPI(client),
  imports: new ImportsAPI(client),
  invitations: new InvitationsAPI(client),
  members: new MembersAPI(client),
  myData: new MyDataAPI(client),
  shares: new SharesAPI(client),
});

export type {
  AccountAPI,
  ApiKeysAPI,
  AuditAPI,
  GalleriesAPI,
  ImportsAPI,
  InvitationsAPI,
  MembersAPI,
  MyDataAPI,
  SharesAPI,
};
export type * from './wire.js';
