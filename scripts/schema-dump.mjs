// Writes libs/platform/src/db/schema.sql: what the migrations make of an empty database. Run by `npm run schema:dump`, after a build.
import { mkdtempSync, chmodSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const { startEmbeddedPostgres } = require('../dist/libs/platform/src/db/embedded-postgres.js');
const { migrate } = require('../dist/libs/platform/src/db/migrate.js');
const { dumpSchema } = require('../dist/libs/platform/src/db/schema-dump.js');

const folder = mkdtempSync(join(tmpdir(), 'slipway-schema-'));
chmodSync(folder, 0o711);
try {
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'database'), port: 0, durable: false });
  try {
    await migrate(server.url);
    const target = new URL('../libs/platform/src/db/schema.sql', import.meta.url);
    writeFileSync(target, await dumpSchema(server.url));
  } finally {
    await server.stop();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
