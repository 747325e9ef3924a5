import type { Asset } from '@slipway/sdk';
import type { Tone } from '../../ui/status-badge';

export interface Standing {
  text: string;
  tone: Tone;
  /** For the person in front of it; null where the word says it all. */
  why: string | null;
}

type Facts = Pick<Asset, 'status' | 'withheld' | 'expires_at' | 'review_reason'>;

const WITHHELD: Record<NonNullable<Asset['withheld']>, Standing> = {
  infected: { text: 'Infected', tone: 'failed', why: 'Malware was found in this file. Nobody can open it.' },
  scan_pending: {
    text: 'Being checked',
    tone: 'moving',
    why: 'The file is being checked for malware, and opens when that is done.',
  },
  expired: {
    text: 'Expired',
    tone: 'failed',
    why: 'Its time is over: only editors and owners still see it.',
  },
  in_review: {
    text: 'In Review',
    tone: 'waiting',
    why: 'Somebody has to publish this file before you can see it.',
  },
  rejected: { text: 'Rejected', tone: 'failed', why: 'A review has rejected this file.' },
};

const rejected = (reason: string | null): Standing => ({
  text: 'Rejected',
  tone: 'failed',
  why: reason === null ? WITHHELD.rejected.why : `A review has rejected this file: ${reason}`,
});

const isOver = (expiresAt: string | null, now: Date): boolean =>
  expiresAt !== null && new Date(expiresAt) <= now;

/** How it stands with a file, the most serious first. */
export function standingOf(asset: Facts, now = new Date()): Standing {
  const { status, withheld, review_reason: reason } = asset;
  if (status === 'Rejected' || withheld === 'rejected') return rejected(reason);
  if (withheld) return WITHHELD[withheld];
  if (isOver(asset.expires_at, now)) return WITHHELD.expired;
  if (status === 'In Review') {
    return {
      text: status,
      tone: 'waiting',
      why: 'Viewers, links and galleries get this file once it is published.',
    };
  }
  return { text: status, tone: status === 'Processing' ? 'moving' : 'settled', why: null };
}
