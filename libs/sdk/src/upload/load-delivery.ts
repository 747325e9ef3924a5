import { loadCode } from './load-code.js';

/** Most pages show files and send none. */
export const loadDelivery = () => loadCode(import('./file-delivery.js'));
