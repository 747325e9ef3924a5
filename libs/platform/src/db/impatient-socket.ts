import { Socket } from 'node:net';

/**
 * A socket that is destroyed when nothing passed over it for so long. Where a network swallows packets neither side is
 * told, and `statement_timeout` ends a statement without its caller hearing of it. Destroyed, not only given up on: a
 * connection whose answer may still come must not be used again, least of all in the middle of a transaction.
 */
export function impatientSocket(silenceMs: number): Socket {
  const socket = new Socket();
  return socket.setTimeout(silenceMs, () => {
    const silence = new Error(`The database was silent for ${silenceMs / 1000} s.`);
    socket.destroy(Object.assign(silence, { code: 'ETIMEDOUT', syscall: 'read' }));
  });
}
