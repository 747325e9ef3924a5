import type { QueueSnapshot } from './queue-item.js';
import { Totals } from './totals.js';

/** What a queue holds before there is one, such as on a server. */
export const EMPTY_SNAPSHOT: QueueSnapshot = Object.freeze({
  items: Object.freeze([]),
  ...new Totals().read(),
  paused: false,
});
