import { useState } from 'react';

export interface SteadyImageProps {
  src: string;
  alt: string;
  className?: string | undefined;
  lazy?: boolean;
  /** It is decoded: what stood in its place may go, and there will be no blank moment. */
  onShown?: (() => void) | undefined;
  /** The URL no longer opens; its owner may bring a new one. */
  onExpired?: (() => void) | undefined;
}

/**
 * Keeps what it shows while signed URLs are renewed around it: an image that has loaded must not be downloaded again
 * only because its URL was signed anew. A new URL is taken when the old one fails.
 */
export function SteadyImage({ src, alt, className, lazy = false, onShown, onExpired }: SteadyImageProps) {
  const [shown, setShown] = useState(src);
  const [failed, setFailed] = useState(false);
  if (failed && src !== shown) {
    setShown(src);
    setFailed(false);
  }
  const show = async (image: HTMLImageElement) => {
    // Rejects when the source has changed meanwhile; the next load tells again.
    await image.decode().then(onShown, () => undefined);
  };
  const recover = () => {
    setFailed(true);
    if (src === shown) onExpired?.();
  };
  return (
    <img
      src={shown}
      alt={alt}
      className={className}
      // The browser's broken-image sign would cover the placeholder below.
      hidden={failed}
      loading={lazy ? 'lazy' : 'eager'}
      // With `async` a decoded image may still be drawn a few frames late, and the tile be empty meanwhile.
      decoding="sync"
      draggable={false}
      onLoad={(event) => void show(event.currentTarget)}
      onError={recover}
    />
  );
}
