import { createPrivateKey, createPublicKey, generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { EntityManager } from 'typeorm';
import type { KeySeal } from './key-seal';
import type { PublicJwk, SigningKey } from './signing-keys';

/** A key of the table that this server can open. */
export interface StoredKey extends SigningKey {
  published: PublicJwk;
  signsFrom: Date;
  /** Verifies until then; null: it has no successor yet. */
  retiresAt: Date | null;
}

interface Row {
  id: string;
  algorithm: string;
  public_key: PublicJwk;
  sealed_key: Buffer;
  signs_from: Date;
  retires_at: Date | null;
}

const ALGORITHM = 'ES256';
const ID_BYTES = 8;

const newKeyPair = promisify(generateKeyPair);

/** The public half is part of what is sealed: nobody who can write rows slips another one under it. */
const aboutOf = (id: string, algorithm: string, jwk: PublicJwk): string =>
  JSON.stringify([id, algorithm, jwk['kty'], jwk['crv'], jwk['x'], jwk['y']]);

function toStoredKey(row: Row, seal: KeySeal): StoredKey[] {
  const {
    id,
    algorithm,
    public_key: jwk,
    sealed_key: sealed,
    signs_from: signsFrom,
    retires_at: retiresAt,
  } = row;
  const opened = algorithm === ALGORITHM ? seal.open(sealed, aboutOf(id, algorithm, jwk)) : null;
  if (opened === null) return [];
  const signs = createPrivateKey({ key: opened, format: 'der', type: 'pkcs8' });
  const published = { ...jwk, kid: id, alg: ALGORITHM, use: 'sig' };
  return [
    { id, algorithm: ALGORITHM, verifies: createPublicKey(signs), signs, published, signsFrom, retiresAt },
  ];
}

/** Oldest first; without those that are over, and those that another secret sealed. */
export async function readKeys(db: EntityManager, seal: KeySeal, now: Date): Promise<StoredKey[]> {
  const rows = await db.query<Row[]>(
    `select id, algorithm, public_key, sealed_key, signs_from, retires_at from signing_keys
      where retires_at is null or retires_at > $1 order by signs_from, id`,
    [now],
  );
  return rows.flatMap((row) => toStoredKey(row, seal));
}

/** Makes a key that signs from then on. */
export async function addKey(
  tx: EntityManager,
  seal: KeySeal,
  { now, signsFrom }: { now: Date; signsFrom: Date },
): Promise<void> {
  const id = randomBytes(ID_BYTES).toString('base64url');
  const { publicKey, privateKey } = await newKeyPair('ec', { namedCurve: 'P-256' });
  const jwk = publicKey.export({ format: 'jwk' }) as PublicJwk;
  const sealed = seal.seal(privateKey.export({ format: 'der', type: 'pkcs8' }), aboutOf(id, ALGORITHM, jwk));
  await tx.query(
    `insert into signing_keys (id, algorithm, public_key, sealed_key, created_at, signs_from)
     values ($1, $2, $3, $4, $5, $6)`,
    [id, ALGORITHM, JSON.stringify(jwk), sealed, now, signsFrom],
  );
}
