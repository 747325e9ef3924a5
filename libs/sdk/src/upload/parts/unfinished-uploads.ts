import type { Connection } from '../../client/connection.js';
import { indexedDbStore } from './indexed-db-store.js';
import { memoryStore } from './memory-store.js';
import type { PendingUpload, ResumeRecord, ResumeStore } from './resume-store.js';

/** Far longer than a server keeps an upload that nobody goes on with. */
const LIFE_MS = 7 * 24 * 60 * 60 * 1000;

const memory = memoryStore();
const nothing: ResumeStore = {
  get: async () => undefined,
  set: async () => {},
  delete: async () => {},
  list: async () => [],
};

/** The client's store, made forgiving: a browser that refuses costs the resume and not the upload. */
export function unfinishedUploads({ uploads }: Connection): ResumeStore {
  const store = uploads.resumeStore === false ? nothing : (uploads.resumeStore ?? defaultStore());
  return {
    get: async (key) => {
      const record = await store.get(key).catch(() => memory.get(key));
      return record && isAlive(record) ? record : undefined;
    },
    set: (record) => store.set(record).catch(() => memory.set(record)),
    delete: (key) => store.delete(key).catch(() => memory.delete(key)),
    list: () => store.list().catch(() => memory.list()),
  };
}

/** What can go on, of all projects or of one; what is too old is thrown away. */
export async function pendingUploads(connection: Connection, projectId?: string): Promise<PendingUpload[]> {
  const store = unfinishedUploads(connection);
  const records = await own(connection, store);
  await Promise.all(records.filter((record) => !isAlive(record)).map(({ key }) => store.delete(key)));
  return records
    .filter((record) => isAlive(record) && (projectId === undefined || record.projectId === projectId))
    .map(({ assetId, fileName, fileSize, createdAt, projectId: id }) => ({
      assetId,
      projectId: id,
      fileName,
      fileSize,
      createdAt,
    }));
}

export async function forgetUploads(connection: Connection): Promise<void> {
  const store = unfinishedUploads(connection);
  await Promise.all((await own(connection, store)).map(({ key }) => store.delete(key)));
}

const own = async ({ baseUrl }: Connection, store: ResumeStore): Promise<ResumeRecord[]> =>
  (await store.list()).filter(({ key }) => key.startsWith(`${baseUrl}|`));

const isAlive = ({ createdAt }: ResumeRecord): boolean => Date.now() - createdAt < LIFE_MS;

const defaultStore = (): ResumeStore => {
  const factory = globalThis.indexedDB as IDBFactory | undefined;
  return factory ? indexedDbStore(factory) : memory;
};
