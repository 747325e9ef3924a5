import { useWindowEvent } from '@mantine/hooks';
import type { RefObject } from 'react';

/**
 * Keys pressed in `frame` or nowhere in particular, not in a dialog above it. A player has its own use for all of them
 * but Escape.
 */
export function useOwnKeys(frame: RefObject<HTMLElement | null>, keys: Record<string, () => void>) {
  useWindowEvent('keydown', (event) => {
    const { target, key, defaultPrevented } = event;
    if (defaultPrevented || !(target instanceof Element)) return;
    if (key !== 'Escape' && target.closest('video, audio')) return;
    if (target === document.body || frame.current?.contains(target)) keys[key]?.();
  });
}
