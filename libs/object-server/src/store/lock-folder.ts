import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Another living process holds the lock of the folder. */
export class FolderInUseError extends Error {
  constructor(readonly folder: string) {
    super(`Another process has ${folder} open`);
    this.name = 'FolderInUseError';
  }
}

/**
 * Two servers that write to one folder would destroy it. The lock is a local socket that the owner listens on: unlike a
 * file with a process id, it is free again as soon as the owner is dead, even when the id was given to another process.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const socketPath = socketPathOf(await realpath(folder));
  const server = await listen(socketPath).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    if (await isAnswered(socketPath)) throw new FolderInUseError(folder);
    // A killed owner leaves its file behind, where a socket is a file.
    await rm(socketPath, { force: true });
    return listen(socketPath);
  });
  return async () => {
    server.close();
    await once(server, 'close');
  };
}

async function listen(socketPath: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  server.listen(socketPath).unref();
  await once(server, 'listening');
  return server;
}

/** Linux and Windows know sockets without a file. Elsewhere it is in the temporary folder: its path must be short. */
function socketPathOf(folder: string): string {
  const name = `object-server-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

async function isAnswered(socketPath: string): Promise<boolean> {
  const socket = connect(socketPath);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
