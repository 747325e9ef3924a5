import type { KeyObject } from 'node:crypto';

/** One key, and the one algorithm that it may be used with. */
export interface SigningKey {
  /** `kid` of its tokens. */
  id: string;
  algorithm: 'HS256' | 'ES256';
  /** What verifies: a secret, or a public key. */
  verifies: KeyObject;
  /** What signs: the same secret, or the private key. */
  signs: KeyObject;
}

/** As RFC 7517 writes a public key. */
export type PublicJwk = Record<string, string>;

/** What access tokens of this server are signed by. */
export interface SigningKeys {
  /** The key that signs now. */
  current(): Promise<SigningKey>;
  /** Null where there is none of that name, or none any more. */
  find(id: string): Promise<SigningKey | null>;
  /** What others may verify with; nothing where a secret signs. */
  published(): Promise<PublicJwk[]>;
}
