import { randomBytes } from 'node:crypto';

const SCHEME = 'private://';

/** 128 random bits: what a reference says cannot be guessed, and tells nothing of the asset. */
export const newPrivateRef = (): string => randomBytes(16).toString('hex');

/** What is stored in messages and documents in place of an address. */
export const privateAddress = (ref: string): string => `${SCHEME}${ref}`;

const REF = /^(?:private:\/\/)?([0-9a-f]{32})$/;

/** What follows the scheme; null for what is no private reference. The scheme may be left out. */
export const privateRefOf = (reference: string): string | null => REF.exec(reference)?.[1] ?? null;
