import { cephRgw, embeddedStorage, type StorageChoice } from './object-stores';

/** The storages that tests of the core run on: what is promised must hold on the strict and on the lax one. */
export function storageForTests(): StorageChoice[] {
  return [embeddedStorage, cephRgw()].filter((choice) => choice.missing === null);
}
