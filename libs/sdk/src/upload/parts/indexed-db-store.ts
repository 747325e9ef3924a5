import type { ResumeRecord, ResumeStore } from './resume-store.js';

const DATABASE = 'slipway';
const UPLOADS = 'uploads';

/** Survives a reload. Rejects where the browser keeps its databases shut, as in some private windows. */
export function indexedDbStore(factory: IDBFactory): ResumeStore {
  const using = async <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>) => {
    const database = await open(factory);
    try {
      const transaction = database.transaction(UPLOADS, mode);
      const value = await answerOf(work(transaction.objectStore(UPLOADS)));
      transaction.commit();
      return value;
    } finally {
      // Kept open, it would stand in the way of another page's newer version.
      database.close();
    }
  };
  return {
    get: (key) => using('readonly', (store) => store.get(key) as IDBRequest<ResumeRecord | undefined>),
    set: async (record) => {
      await using('readwrite', (store) => store.put(record));
    },
    delete: (key) => using('readwrite', (store) => store.delete(key)),
    list: () => using('readonly', (store) => store.getAll() as IDBRequest<ResumeRecord[]>),
  };
}

function open(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(DATABASE, 1);
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore(UPLOADS, { keyPath: 'key' });
  });
  return answerOf(request);
}

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
