import { randomBytes } from 'node:crypto';

const SCHEME = 'private://';

/** 128 random bits: what a reference says cannot be guessed, and tells nothing of the asset. */
export const newPrivateRef = (): string => randomBytes(16).toString('hex');

/** What is stored in messages and documents in place of an address. */
export const privateAddress = (ref: string): string => `${SCHEME}${ref}`;
