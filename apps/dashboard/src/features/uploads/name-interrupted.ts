import type { PendingUpload } from '@slipway/sdk';

/** More names than these help nobody to find a file. */
const MOST_NAMES = 3;

/** Asks for the files whose upload stopped half-way. */
export function nameInterrupted(pending: readonly Pick<PendingUpload, 'fileName'>[]): string {
  const names = pending.map(({ fileName }) => fileName);
  if (names.length === 1)
    return `1 upload was interrupted: choose ${names[0]} again to go on where it stopped.`;
  const shown = names.slice(0, names.length > MOST_NAMES ? MOST_NAMES : -1).join(', ');
  const last = names.length > MOST_NAMES ? `${names.length - MOST_NAMES} more` : names.at(-1);
  return `${names.length} uploads were interrupted: choose ${shown} and ${last} again to go on where they stopped.`;
}
