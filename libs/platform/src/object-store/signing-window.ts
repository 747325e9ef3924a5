/** The most that S3 takes as X-Amz-Expires: seven days, in seconds. */
export const MAX_EXPIRES_IN = 604_800;

export interface SigningWindow {
  /** The date to sign with, the same for every instant of the window; whole seconds. */
  signedAt: Date;
  /** X-Amz-Expires counted from `signedAt`, in seconds. */
  expiresIn: number;
}

export interface WindowOptions {
  now: Date;
  /** How long the URL stays the same, in seconds; shortened where S3's seven days leave less. */
  windowSeconds: number;
  /** How long the URL must still work, in seconds, whenever in the window it is handed out. */
  promisedSeconds: number;
}

/** FNV-1a: any cheap hash that spreads keys evenly would do; nothing secret depends on it. */
function spread(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * Signing with the start of a window instead of the time of the call gives the same URL to everyone who asks inside
 * it, so browsers and CDNs can cache the answer. Each key has its own phase: otherwise every URL of every page would
 * change in the same second and the caches would all miss at once.
 */
export function signingWindow(
  key: string,
  { now, windowSeconds, promisedSeconds }: WindowOptions,
): SigningWindow {
  const promised = Math.min(promisedSeconds, MAX_EXPIRES_IN - 1);
  const length = Math.max(1, Math.min(windowSeconds, MAX_EXPIRES_IN - promised));
  const phase = spread(key) % length;
  const second = Math.floor(now.getTime() / 1000);
  const start = Math.floor((second - phase) / length) * length + phase;
  return { signedAt: new Date(start * 1000), expiresIn: length + promised };
}
