'use client';

export { SlipwayProvider, useSlipwayClient } from './slipway-provider.js';
export { useFileUpload, type FileUpload, type FileUploadOptions } from './use-file-upload.js';
export type { FileUploadState } from './file-upload-store.js';
export {
  useQueueSnapshot,
  useUploadItem,
  useUploadQueue,
  type QueueFileOptions,
  type UploadQueueHookOptions,
  type UploadQueueView,
} from './use-upload-queue.js';
export { SecureImage, type SecureImageProps } from './secure-image.js';
export { useSignedUrl, type SignedUrlHookOptions, type SignedUrlView } from './use-signed-url.js';
