import type { Share } from '@slipway/sdk/people';
import { formatUntil } from '../../ui/format-moment';

type Limits = Pick<
  Share,
  'kind' | 'expires_at' | 'max_downloads' | 'downloads' | 'has_password' | 'created_at'
>;

function downloadsOf({ max_downloads: most, downloads }: Limits): string {
  if (most === null) return downloads === 1 ? '1 download' : `${downloads} downloads`;
  return `${downloads} of ${most} downloads`;
}

/** `2 of 3 downloads · password · until 18:00`. */
export function describeShare(share: Limits, now = new Date()): string {
  const ends = share.expires_at;
  const over = ends !== null && new Date(ends) <= now;
  return [
    share.kind === 'link' && downloadsOf(share),
    share.has_password && 'password',
    ends === null ? 'no end' : `${over ? 'ended' : 'until'} ${formatUntil(ends, now)}`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Nothing comes of it any more, and nobody has to revoke it. */
export const isSpent = ({ expires_at, max_downloads, downloads }: Limits, now = new Date()): boolean =>
  (expires_at !== null && new Date(expires_at) <= now) ||
  (max_downloads !== null && downloads >= max_downloads);
