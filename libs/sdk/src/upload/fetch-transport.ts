import { NetworkError } from '../errors/network-error.js';
import type { Transport } from './transport.js';

/** For Node, Deno, Bun and service workers, which have no XMLHttpRequest. Progress is all or nothing. */
export const fetchTransport = (send: typeof fetch): Transport => ({
  reportsProgress: false,
  async put({ url, headers, body, signal, onProgress, onSent }) {
    try {
      const response = await send(url, { method: 'PUT', headers, body, signal, credentials: 'omit' });
      onProgress(body.size);
      onSent();
      const text = await response.text();
      return { status: response.status, header: (name) => response.headers.get(name), body: text };
    } catch (cause) {
      throw new NetworkError('The connection to the storage failed.', { cause });
    }
  },
});
