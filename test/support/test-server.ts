import { Client } from 'pg';
import { addressAs } from '../../libs/platform/src/db/app-role';

/** How jest's global set-up tells the test files where the database server is. */
const ADMIN_URL = 'SLIPWAY_TEST_ADMIN_URL';
const TEMPLATE = 'SLIPWAY_TEST_TEMPLATE';

export interface TestServer {
  /** Of a database on the server that is not a test's own, as a user who may create databases. */
  adminUrl: string;
  /** Name of the migrated database that tests clone. */
  template: string;
}

export function announceTestServer({ adminUrl, template }: TestServer): void {
  process.env[ADMIN_URL] = adminUrl;
  process.env[TEMPLATE] = template;
}

export function testServer(): TestServer {
  const adminUrl = process.env[ADMIN_URL];
  const template = process.env[TEMPLATE];
  if (adminUrl && template) return { adminUrl, template };
  throw new Error('No database here: only the jest projects with a globalSetup have one (jest.config.cjs)');
}

/** As whom the product works in the tests, with no more rights than in production; the same for runs side by side. */
export const PRODUCT_ROLE = { role: 'slipway_test_app', password: 'slipway_test_app' };

export const asProduct = (url: string): string => addressAs(url, PRODUCT_ROLE);

/** The same server and user, another database. */
export function urlOfDatabase(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

export async function withAdmin<Result>(
  adminUrl: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
