import type { PartChecksum } from './object-store';

/** What the product does differently from storage to storage; found out by asking the storage, never by its name. */
export interface StorageProfile {
  /** How parts of a large file are bound to their content. */
  partChecksum: PartChecksum;
}

/** Asked when it is needed; finds out once and remembers. Throws `StorageError` while the storage cannot be asked. */
export type StorageProfileSource = () => Promise<StorageProfile>;
