import type { Client } from '../client/create-client.js';
import { createUploadQueue, type UploadQueue, type UploadQueueOptions } from '../queue/upload-queue.js';

const queues = new WeakMap<Client, Map<string, UploadQueue>>();

/** The one queue of a project for all components of a page, which lives as long as the client. */
export function queueOf(client: Client, projectId: string, options: UploadQueueOptions): UploadQueue {
  // A server renders many people's projects with one client, and would keep a queue for each of them for ever.
  if (typeof document === 'undefined') return createUploadQueue(client, options);
  const ofClient = queues.get(client) ?? new Map<string, UploadQueue>();
  const queue = ofClient.get(projectId) ?? createUploadQueue(client, options);
  queues.set(client, ofClient.set(projectId, queue));
  return queue;
}
