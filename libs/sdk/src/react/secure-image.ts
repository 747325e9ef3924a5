import {
  createElement,
  type ImgHTMLAttributes,
  type ReactElement,
  type ReactNode,
  type SyntheticEvent,
  useState,
} from 'react';
import type { Client } from '../client/create-client.js';
import { NOTHING_SHOWN, withError, withLoad, withUrl } from './image-shown.js';
import { useSignedUrl } from './use-signed-url.js';

export interface SecureImageProps extends Omit<ImgHTMLAttributes<HTMLImageElement>, 'src' | 'srcSet'> {
  /** A `private://` reference, an asset's id, or an imported address. */
  src: string;
  rendition?: 'thumbnail';
  /** In its place before there is a URL, and when it cannot be shown. */
  fallback?: ReactNode;
  client?: Client;
}

/** An image whose signed URL is asked for when it appears, and once anew when it fails to load. */
export function SecureImage(props: SecureImageProps): ReactElement {
  // Another image starts anew, with nothing of what became of the last one.
  return createElement(OneImage, { ...props, key: `${props.rendition} ${props.src}` });
}

function OneImage({ src, rendition, fallback = null, client, onError, onLoad, ...img }: SecureImageProps) {
  const { url, error, refresh } = useSignedUrl(src, { ...(client && { client }), rendition });
  const [kept, setShown] = useState(NOTHING_SHOWN);
  // While a fresh URL is on its way the one that failed is still the current one.
  const shown = withUrl(kept, url);
  if (shown !== kept) setShown(shown);
  if (shown.src === null || shown.failed || (error && !shown.loaded)) return fallback;
  return createElement('img', {
    ...img,
    src: shown.src,
    onLoad: (event: SyntheticEvent<HTMLImageElement>) => {
      setShown(withLoad);
      onLoad?.(event);
    },
    onError: (event: SyntheticEvent<HTMLImageElement>) => {
      setShown(withError);
      if (!shown.retrying) refresh();
      onError?.(event);
    },
  });
}
