const MAX_WAIT_SECONDS = 5;

/** Seconds asked for by `Prefer: wait=5` (RFC 7240 §4.3), at most 5; 0 without one. */
export function preferredWaitSeconds(header: string | undefined): number {
  const asked = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,4})/i.exec(header ?? '')?.[1];
  return asked === undefined ? 0 : Math.min(Number(asked), MAX_WAIT_SECONDS);
}
