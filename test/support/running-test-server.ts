import { join } from 'node:path';
import { ensureRole, prepareDatabase } from '../../libs/platform/src/db/app-role';
import { startEmbeddedPostgres } from '../../libs/platform/src/db/embedded-postgres';
import { removeAbandonedServers } from './abandoned-servers';
import { makeTestFolder } from './test-folder';
import { asProduct, PRODUCT_ROLE, urlOfDatabase, withAdmin, type TestServer } from './test-server';

export interface RunningTestServer extends TestServer {
  close(): Promise<void>;
}

async function startServer(): Promise<{ adminUrl: string; stop: () => Promise<void> }> {
  const configured = process.env['TEST_DATABASE_URL'];
  if (configured) return { adminUrl: configured, stop: async () => undefined };
  await removeAbandonedServers();
  const folder = await makeTestFolder('postgres');
  const server = await startEmbeddedPostgres({
    dataDir: join(folder.path, 'postgres'),
    port: 0,
    durable: false,
  });
  return {
    adminUrl: server.url,
    stop: async () => {
      await server.stop();
      await folder.remove();
    },
  };
}

/** One server for a whole run of jest, with a migrated database to clone. */
export async function startTestServer(): Promise<RunningTestServer> {
  const { adminUrl, stop } = await startServer();
  const template = `slipway_template_${process.pid}`;
  try {
    await withAdmin(adminUrl, (client) => client.query(`create database ${template}`));
    await ensureRole(adminUrl, PRODUCT_ROLE);
    const ownerUrl = urlOfDatabase(adminUrl, template);
    await prepareDatabase({ url: asProduct(ownerUrl), ownerUrl });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    adminUrl,
    template,
    close: async () => {
      await withAdmin(adminUrl, (client) => client.query(`drop database ${template} with (force)`));
      await stop();
    },
  };
}
