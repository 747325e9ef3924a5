import { Client } from 'pg';

/** Its message is one line that says what is wrong and what to do: fit to be shown to a user as it is. */
export class DatabaseUnreachableError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'DatabaseUnreachableError';
  }
}

const OLDEST_VERSION = 15;

const ADVICE: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there. Is PostgreSQL running?',
  ENOTFOUND: 'there is no such host.',
  EAI_AGAIN: 'the host name could not be looked up.',
  ETIMEDOUT: 'it does not answer.',
  '28P01': 'the password is wrong.',
  '28000': 'this user may not log in.',
  '3D000': 'there is no such database; create it first.',
  '53300': 'it has no connection left.',
  '57P03': 'it is starting up or shutting down.',
};

/** The address without the password. */
function addressOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || '5432'}${pathname}`;
}

/** A host name with several addresses fails with all their errors at once. */
function codeOf(error: unknown): string {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return (first as { code?: string }).code ?? '';
}

export function unreachable(url: string, error: unknown): DatabaseUnreachableError {
  const reason = ADVICE[codeOf(error)] ?? (error instanceof Error ? `${error.message}.` : String(error));
  return new DatabaseUnreachableError(
    `The database at ${addressOf(url)} cannot be used: ${reason} Check DATABASE_URL.`,
    { cause: error },
  );
}

async function requireVersion(client: Client, url: string): Promise<void> {
  const { rows } = await client.query<{ version: string }>(
    `select current_setting('server_version_num')::int / 10000 as version`,
  );
  const version = Number(rows[0]?.version);
  if (version >= OLDEST_VERSION) return;
  throw new DatabaseUnreachableError(
    `The database at ${addressOf(url)} is PostgreSQL ${version}; ${OLDEST_VERSION} or newer is needed.`,
  );
}

/** Runs `work` on one connection of its own. Throws `DatabaseUnreachableError` where there is none to be had. */
export async function withConnection<Result>(
  url: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A connection that breaks while idle must fail the next query, not the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await client.end();
    throw unreachable(url, error);
  }
  try {
    await requireVersion(client, url);
    return await work(client);
  } finally {
    await client.end();
  }
}
