import type { components, paths } from '../generated/openapi.js';

// What the API sends and takes, in its own snake_case: names for the shapes that its description generates.
type Schemas = components['schemas'];

export type User = Schemas['UserResponse'];
export type Session = Schemas['SessionResponse'];
export type SignupInput = Schemas['SignUpBody'];
export type LoginInput = Schemas['LogInBody'];

export type Project = Schemas['ProjectResponse'];
export type CreateProjectInput = Schemas['CreateProjectBody'];
export type UpdateProjectInput = Schemas['UpdateProjectBody'];

export type Asset = Schemas['AssetResponse'];
export type UpdateAssetInput = Schemas['UpdateAssetBody'];
/** What becomes of an asset that waits for a review. */
export type ReviewInput = Schemas['ReviewBody'];
export type AssetStatus = Asset['status'];
export type UploadUrlInput = Schemas['UploadUrlBody'];
/** The signed PUT, to be sent exactly as it stands here. */
export type UploadUrl = Schemas['UploadUrlResponse'];
/** What became of one file of a batch: its upload, or the problem that the call for it alone would have met. */
export type UploadUrlResult = Schemas['UploadUrlResult'];
export type MultipartPlan = Schemas['MultipartPlan'];
/** How far an upload is, with the parts that need not be sent again. */
export type UploadState = Schemas['UploadResponse'];
export type StoredPart = Schemas['StoredPartResponse'];
export type PartInput = Schemas['PartBody'];
/** Signed PUTs, one for each part that was asked for. */
export type SignedParts = Schemas['SignedPartsResponse'];
export type CreateAssetInput = Schemas['CompleteUploadBody'];
export type Rendition = Schemas['RenditionResponse'];
export type RenditionList = Schemas['RenditionListResponse'];
export type AccessUrlInput = Schemas['AccessUrlBody'];
export type SignedUrl = Schemas['AccessUrlResponse'];

export type PageRequest = NonNullable<paths['/api/projects']['get']['parameters']['query']>;
export type ListAssetsRequest = paths['/api/assets']['get']['parameters']['query'];

/** One page of a list; `next_cursor` is the next page's `cursor`, null on the last one. */
export type Page<Item> = Omit<Schemas['AssetListResponse'], 'data'> & { data: Item[] };
