import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import classes from './link-qr-code.module.css';

/** The encoder comes when a code is asked for. */
async function draw(text: string): Promise<string> {
  const { encodeQR } = await import('qr');
  return `data:image/svg+xml,${encodeURIComponent(encodeQR(text, 'svg', { ecc: 'medium', border: 2 }))}`;
}

/** For what only this page knows, such as a link's address; the server draws those of projects and assets. */
export function LinkQrCode({ text, label }: { text: string; label: string }) {
  // Not kept: the address is a secret, and drawing it takes a millisecond.
  const { data } = useQuery({ queryKey: ['link-qr-code', text], queryFn: () => draw(text), gcTime: 0 });
  return (
    <div className={classes.frame}>{data ? <img src={data} alt={label} /> : <Skeleton height="100%" />}</div>
  );
}
