import { Client } from 'pg';

const NO_SUCH_DATABASE = '3D000';

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  return client;
}

/** Creates the database that the URL names where it is missing. */
export async function ensureDatabase(url: string): Promise<void> {
  const missing = await connect(url).then(
    async (client) => {
      await client.end();
      return false;
    },
    (error: { code?: string }) => {
      if (error.code !== NO_SUCH_DATABASE) throw error;
      return true;
    },
  );
  if (!missing) return;
  const target = new URL(url);
  const name = target.pathname.slice(1);
  target.pathname = '/postgres';
  const client = await connect(target.href);
  try {
    await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
