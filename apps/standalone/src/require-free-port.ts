import { once } from 'node:events';
import { createServer } from 'node:net';

/** Fails as listening there would: before the database is made ready rather than after. */
export async function requireFreePort(port: number, host: string): Promise<void> {
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}
