import { startTestServer, type RunningTestServer } from './running-test-server';
import { announceTestServer } from './test-server';

declare global {
  var slipwayTestServer: RunningTestServer | undefined;
}

/** Runs once, in jest's own process; what it puts into the environment reaches every worker. */
export default async function setUp(): Promise<void> {
  const server = await startTestServer();
  announceTestServer(server);
  globalThis.slipwayTestServer = server;
}
