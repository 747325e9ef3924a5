import type { Migration } from './migration';

export const rateLimits: Migration = {
  name: '0005-rate-limits',
  sql: `
    -- How often who called within a minute; rate-limiter-flexible names the columns and their order.
    -- Unlogged: of a count, the log has no more than the end of its transaction, and nobody waits for the disk. A crash
    -- of the server empties the table, which gives everybody a fresh minute; what must outlive that, such as the lock-out of an account, is kept elsewhere.
    create unlogged table rate_limits (
      key text primary key,
      points integer not null,
      -- Milliseconds since 1970.
      expire bigint
    ) with (
      -- The row of a busy caller changes at each call: room beside it keeps the change off the index.
      fillfactor = 50
    );
  `,
};
