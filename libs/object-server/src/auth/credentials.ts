/** `upload-only` keys may send bytes to keys under `incoming/`, and parts under `projects/`, and nothing else. */
export interface Credential {
  accessKeyId: string;
  secretAccessKey: string;
  access?: 'full' | 'upload-only';
}
