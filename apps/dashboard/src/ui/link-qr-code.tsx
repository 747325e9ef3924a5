import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import classes from './link-qr-code.module.css';
import { matrixPath } from './matrix-path';

/** The encoder comes when a code is asked for. */
async function draw(text: string) {
  const { encodeQR } = await import('qr');
  return encodeQR(text, 'raw', { ecc: 'medium', border: 2 });
}

/** For what only this page knows, such as a link's address; the server draws those of projects and assets. */
export function LinkQrCode({ text, label }: { text: string; label: string }) {
  // Not kept: the address is a secret, and drawing it takes a millisecond.
  const { data } = useQuery({ queryKey: ['link-qr-code', text], queryFn: () => draw(text), gcTime: 0 });
  return (
    <div className={classes.frame}>
      {data ? (
        <svg
          viewBox={`0 0 ${data.length} ${data.length}`}
          role="img"
          aria-label={label}
          shapeRendering="crispEdges"
        >
          <path d={matrixPath(data)} fill="#0b1f33" />
        </svg>
      ) : (
        <Skeleton height="100%" />
      )}
    </div>
  );
}
