/** What the API sends and takes, in its own snake_case. Times are RFC 3339 in UTC, sizes are bytes. */

export interface User {
  id: string;
  email: string;
  name: string;
  role: 'user' | 'admin';
}

export interface Session {
  user: User;
  access_token: string;
  token_type: 'Bearer';
  /** Seconds. */
  expires_in: number;
}

export interface SignupInput {
  email: string;
  password: string;
  name: string;
}

export interface LoginInput {
  email: string;
  password: string;
}

export interface Project {
  id: string;
  name: string;
  owner_id: string;
  /** Where the dashboard shows it; what its QR code says. */
  url: string;
  created_at: string;
  updated_at: string;
}

export interface CreateProjectInput {
  name: string;
}

export interface Page<Item> {
  data: Item[];
  /** Hand it back as `cursor` for the next page; null on the last one. */
  next_cursor: string | null;
  total?: number;
}

export interface PageRequest {
  limit?: number;
  cursor?: string;
}

export type AssetStatus = 'Processing' | 'In Review' | 'Published';

export interface Asset {
  id: string;
  project_id: string;
  name: string;
  status: AssetStatus;
  file_name: string;
  file_key: string;
  file_size: number;
  content_type: string;
  checksum_sha256: string | null;
  /** Pixels as seen; null until known, and for what has none. */
  width: number | null;
  height: number | null;
  /** Unsigned: tells where the object is, opens nothing. */
  storage_url: string;
  access_url: string;
  /** Null until the worker has made it. */
  thumbnail_url: string | null;
  /** The image is there when the asset has left `Processing`. */
  qr_code_url: string;
  /** When the first of the signed URLs ends. */
  url_expires_at: string;
  created_by: string;
  created_at: string;
  updated_at: string;
}

export interface ListAssetsRequest extends PageRequest {
  project_id: string;
}

export interface Rendition {
  name: 'thumbnail' | 'qr-code';
  status: 'pending' | 'ready' | 'failed';
  /** Why it failed. */
  reason: string | null;
  content_type: string | null;
  file_size: number | null;
  width: number | null;
  height: number | null;
  updated_at: string;
}

export interface RenditionList {
  data: Rendition[];
}

export interface UploadUrlInput {
  project_id: string;
  file_name: string;
  file_size: number;
  content_type: string;
  /** Base64 of the digest; the signed URL then admits these bytes only. */
  checksum_sha256?: string;
}

/** The signed PUT, to be sent exactly as it stands here. */
export interface UploadUrl {
  upload_url: string;
  method: 'PUT';
  headers: Record<string, string>;
  asset_id: string;
  file_key: string;
  /** Seconds. */
  expires_in: number;
  expires_at: string;
}

export interface CreateAssetInput {
  name: string;
  project_id: string;
  file_key: string;
  file_size: number;
  content_type: string;
}

export interface AccessUrlInput {
  purpose: 'view' | 'download';
  /** Seconds; the server's own choice when left out. */
  expires_in?: number;
}

export interface SignedUrl {
  url: string;
  expires_at: string;
}
