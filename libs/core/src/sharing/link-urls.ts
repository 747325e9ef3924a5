import type { SigningContext } from '../assets/asset-urls';
import type { Deps } from '../shared/deps';

/** How long what a link gives out works: long enough to click, too short to hand on. Exact, and not shared by caches. */
const LIFE = { promised: 300, window: 0 };

export const openLinkSigning = async ({
  signer,
  clock,
}: Pick<Deps, 'signer' | 'clock'>): Promise<SigningContext> => ({
  signing: await signer.open(),
  now: clock.now(),
  life: LIFE,
});
