import type { Deps } from '@slipway/core/shared/deps';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

export const discardObjectJob =
  ({ objects }: Pick<Deps, 'objects'>): JobHandlers['discard-object'] =>
  ({ key }) =>
    objects.delete(key);
