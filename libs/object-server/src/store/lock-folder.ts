import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { realpath, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
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
 * It lies in the system's folder for temporary files, because the path of a socket may have only some 100 bytes.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const name = createHash('sha256')
    .update(await realpath(folder))
    .digest('hex')
    .slice(0, 24);
  const socketPath =
    process.platform === 'win32'
      ? `\\\\.\\pipe\\object-server-${name}`
      : join(tmpdir(), `object-server-${name}.sock`);
  if (await isAnswered(socketPath)) throw new FolderInUseError(folder);
  await rm(socketPath, { force: true });
  const server = createServer((socket) => socket.destroy());
  server.listen(socketPath).unref();
  await once(server, 'listening');
  return async () => {
    server.close();
    await once(server, 'close');
  };
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
