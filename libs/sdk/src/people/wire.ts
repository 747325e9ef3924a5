import type { components, paths } from '../generated/openapi.js';

// What the routes of people and access send and take: names for the shapes that the API's description generates.
type Schemas = components['schemas'];

/** A device on which somebody is signed in. */
export type DeviceSession = Schemas['DeviceSessionResponse'];
/** A mail that a development server shows instead of sending it. */
export type PreviewedMail = Schemas['PreviewedMailResponse'];

export type ApiKey = Schemas['ApiKeyResponse'];
/** What a key may do, and never more than the account behind it. */
export type Scope = ApiKey['scopes'][number];
/** `key` is never shown again. */
export type NewApiKey = Schemas['CreatedApiKeyResponse'];
export type CreateApiKeyInput = Schemas['CreateApiKeyBody'];

export type Member = Schemas['MemberResponse'];
export type ProjectRole = Member['role'];
/** Somebody of this installation by id, who joins at once, or an address, which gets a mail. */
export type AddMemberInput = Schemas['AddMemberBody'];
export type Invitation = Schemas['InvitationResponse'];
/** An invitation as the invited person sees it. */
export type MyInvitation = Schemas['MyInvitationResponse'];

export type Gallery = Schemas['GalleryResponse'];

export type Share = Schemas['ShareResponse'];
/** `token` and `url` are those of a link, and never shown again. */
export type NewShare = Schemas['CreatedShareResponse'];
export type CreateShareInput = Schemas['CreateShareBody'];
/** An asset of others, for as long as it is shared with the caller. */
export type SharedAsset = Schemas['SharedAssetResponse'];
/** What a link shows to whoever has it; all but `password_required` is null until the password is given. */
export type SharedFile = Schemas['SharedFileResponse'];

export type AuditEvent = Schemas['AuditEventResponse'];
/** That an event is in the sealed chain. */
export type AuditProof = Schemas['AuditProofResponse'];
export type ListAuditRequest = NonNullable<paths['/api/admin/audit']['get']['parameters']['query']>;
export type AuditFilter = Omit<ListAuditRequest, 'cursor' | 'limit'>;
export type AuditExportFormat = 'ndjson' | 'csv';

export type Import = Schemas['ImportResponse'];
export type ImportInput = Schemas['ImportBody'];

export type DataExport = Schemas['ExportResponse'];
