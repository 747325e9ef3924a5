export { createClient, type Client, type ClientOptions } from './client/create-client.js';
export { AssetsAPI, type RepeatOptions } from './client/assets-api.js';
export { AuthAPI } from './client/auth-api.js';
export { ProjectsAPI } from './client/projects-api.js';
export type { ApiCall, CallOptions, Connection, UploadSettings } from './client/connection.js';
export type { Diagnostic } from './client/diagnostic.js';
export type { RetryPolicy } from './client/retrying.js';
export type { GetToken } from './client/token-source.js';
export type * from './client/wire.js';

export type { ApiErrorCode, ClientErrorCode, SlipwayErrorCode } from './errors/error-codes.js';
export { isSlipwayError, SlipwayError } from './errors/slipway-error.js';
export { AbortedError } from './errors/aborted-error.js';
export { ApiError, type Problem } from './errors/api-error.js';
export { FileError, type FileErrorCode } from './errors/file-error.js';
export { NetworkError } from './errors/network-error.js';
export { StorageError, type StorageErrorCode } from './errors/storage-error.js';
export { UnsupportedError } from './errors/unsupported-error.js';

export { completeUpload } from './upload/complete-upload.js';
export { fetchTransport } from './upload/fetch-transport.js';
export type { PendingUpload, ResumeRecord, ResumeStore } from './upload/parts/resume-store.js';
export type { Progress } from './upload/progress-meter.js';
export type { Digest } from './upload/sha256.js';
export type { PutRequest, PutResponse, Transport } from './upload/transport.js';
export { uploadFile } from './upload/upload-file.js';
export type { UploadHandle, UploadStatus } from './upload/upload-handle.js';
export type { UploadOptions } from './upload/upload-options.js';
export {
  validateFile,
  type FileRules,
  type FileToCheck,
  type FileValidation,
} from './upload/validate-file.js';
export { xhrTransport } from './upload/xhr-transport.js';

export { generateQRCodeDataUrl, type QrCodeSubject } from './qr/generate-qr-code-data-url.js';
export { generateProjectQRUrl } from './urls/generate-project-qr-url.js';
export { getAssetUrl, type AssetUrlOptions } from './urls/get-asset-url.js';
export { SignedUrlService, type SignedUrlRequest } from './urls/signed-url-service.js';
export { formatFileSize } from './format-file-size.js';
