import { initial } from './0001-initial';
import { largeUploads } from './0002-large-uploads';
import { people } from './0003-people';
import { auditChain } from './0004-audit-chain';
import { rateLimits } from './0005-rate-limits';
import type { Migration } from './migration';

/** In the order in which they run. */
export const migrations: readonly Migration[] = [initial, largeUploads, people, auditChain, rateLimits];
