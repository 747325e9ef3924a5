import { loadCode } from './load-code.js';

/** Of those that send files, most send small ones. */
export const loadParts = () => loadCode(import('./parts/entry.js'));
