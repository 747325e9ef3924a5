// What the main chunk asks of this one, in one import, so that the bundler makes one chunk of it.
export { LargeDelivery } from './large-delivery.js';
export { forgetUploads, pendingUploads } from './unfinished-uploads.js';
