import { useCallback, useState, useSyncExternalStore } from 'react';
import type { Client } from '../client/create-client.js';
import type { Asset } from '../client/wire.js';
import type { UploadOptions } from '../upload/upload-options.js';
import { FileUploadStore, type FileUploadState, IDLE } from './file-upload-store.js';
import { useSlipwayClient } from './slipway-provider.js';

export type FileUploadOptions = Omit<UploadOptions, 'projectId' | 'file'>;

export interface FileUpload extends FileUploadState {
  /** Resolves with the asset, or with null when it failed (see `error`) or was cancelled. Never rejects. */
  upload: (file: Blob, options?: FileUploadOptions) => Promise<Asset | null>;
  /** Ends what this hook has running, here and on the server. */
  cancel: () => void;
  clearError: () => void;
}

const idle = (): FileUploadState => IDLE;

/**
 * Uploads files into a project. An upload outlives the component: it goes on when the component is unmounted, and its
 * promise still settles.
 */
export function useFileUpload(projectId: string, { client: given }: { client?: Client } = {}): FileUpload {
  const client = useSlipwayClient(given);
  const [store] = useState(() => new FileUploadStore());
  const state = useSyncExternalStore(store.subscribe, store.snapshot, idle);
  const upload = useCallback(
    (file: Blob, options: FileUploadOptions = {}) => store.upload(client, { ...options, projectId, file }),
    [store, client, projectId],
  );
  return { ...state, upload, cancel: store.cancel, clearError: store.clearError };
}
