export { createUploadQueue, type UploadQueue, type UploadQueueOptions } from './upload-queue.js';
export type { QueueCounts, QueueItem, QueueSnapshot, QueueStatus, QueueUploadOptions } from './queue-item.js';
