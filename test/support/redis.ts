import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '@slipway/platform/db/embedded/free-port';
import { createClient } from 'redis';
import { makeTestFolder } from './test-folder';

export interface RunningRedis {
  url: string;
  stop(): Promise<void>;
}

/** Null where it can run; else what is missing. */
export function missingRedis(): string | null {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'redis-server is not installed';
  }
}

async function untilItAnswers(url: string): Promise<void> {
  const client = createClient({ url, socket: { reconnectStrategy: () => 20 } });
  client.on('error', () => undefined);
  await client.connect();
  await client.close();
}

/** A Redis of the caller's own, which keeps nothing. */
export async function startRedis(): Promise<RunningRedis> {
  const folder = await makeTestFolder('redis');
  const port = await freePort();
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', [...settings, '--dir', folder.path], { stdio: 'ignore' });
  const ended = once(server, 'exit');
  const url = `redis://127.0.0.1:${port}`;
  const failed = ended.then(() => {
    throw new Error('redis-server ended before it answered');
  });
  failed.catch(() => undefined);
  await Promise.race([untilItAnswers(url), failed]);
  return {
    url,
    async stop() {
      server.kill('SIGKILL');
      await ended;
      await folder.remove();
    },
  };
}
