import { Client } from 'pg';
import { createTestDatabase } from '../support/test-database';

describe('A test database', () => {
  it('is migrated, empty and nobody else’s', async () => {
    const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    const client = new Client({ connectionString: one.url });
    await client.connect();
    const { rows } = await client.query('select count(*)::int as users from users');
    await client.end();
    expect(rows).toEqual([{ users: 0 }]);
    expect(one.url).not.toBe(other.url);
    await one.drop();
    await other.drop();
  });

  it('tells of a connection that the test forgot to close', async () => {
    const database = await createTestDatabase();
    const client = new Client({ connectionString: database.url, application_name: 'forgotten' });
    client.on('error', () => undefined);
    await client.connect();
    await expect(database.drop()).rejects.toThrow('left 1 database connections open:\n"forgotten" idle');
    await client.end();
  });
});
