import { NetworkError } from '../errors/network-error.js';

/** Code that comes when it is needed. Rejects with `NetworkError` when it cannot be had. */
export async function loadCode<T>(code: Promise<T>): Promise<T> {
  try {
    return await code;
  } catch (cause) {
    throw new NetworkError('Code of the SDK could not be loaded.', { cause });
  }
}
