import type { ResumeRecord, ResumeStore } from './resume-store.js';

/** Lasts as long as the page: for retries after an error. */
export function memoryStore(): ResumeStore {
  const records = new Map<string, ResumeRecord>();
  return {
    get: async (key) => records.get(key),
    set: async (record) => void records.set(record.key, record),
    delete: async (key) => void records.delete(key),
    list: async () => [...records.values()],
  };
}
