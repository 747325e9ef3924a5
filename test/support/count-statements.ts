import type { Deps } from '@slipway/core/shared/deps';
import type { Pool, PoolClient } from 'pg';

/** The statements that `work` sends, in order, without what they are about: what an observer's clock could tell of. */
export async function statementsOf(db: Deps['db'], work: () => Promise<unknown>): Promise<string[]> {
  const { master } = db.driver as unknown as { master: Pool };
  const seen: string[] = [];
  const watched: [PoolClient, PoolClient['query']][] = [];
  const watch = (client: PoolClient): void => {
    if (watched.some(([known]) => known === client)) return;
    // Kept to be put back as it was, not to be called.
    // oxlint-disable-next-line typescript/unbound-method
    const own = client.query;
    const query = own.bind(client) as (...args: unknown[]) => unknown;
    watched.push([client, own]);
    const spy = (...args: unknown[]): unknown => {
      const [statement] = args as [string | { text: string }];
      seen.push(typeof statement === 'string' ? statement : statement.text);
      return query(...args);
    };
    Object.assign(client, { query: spy });
  };
  master.on('acquire', watch);
  try {
    await work();
  } finally {
    master.off('acquire', watch);
    for (const [client, query] of watched) Object.assign(client, { query });
  }
  return seen;
}
