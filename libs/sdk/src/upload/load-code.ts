import { NetworkError } from '../errors/network-error.js';

/** Code that comes when it is needed. Rejects with `NetworkError` when it cannot be had. */
async function load<T>(code: Promise<T>): Promise<T> {
  try {
    return await code;
  } catch (cause) {
    throw new NetworkError('The code for uploads could not be loaded.', { cause });
  }
}

/** Most pages show files and send none. */
export const loadDelivery = () => load(import('./file-delivery.js'));

/** And of those that send files, most send small ones. */
export const loadParts = () => load(import('./parts/entry.js'));
