import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OidcConfig } from '@slipway/platform/config/oidc-config';
import {
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';

export interface SigningKey {
  kid: string;
  alg: string;
  privateKey: CryptoKey;
  publicJwk: JWK;
  /** The public key as everybody can have it, for those who would sign with it. */
  publicPem: string;
}

/** What differs from a token that opens the API. */
export interface TokenChange {
  header?: object;
  key?: SigningKey;
}

export interface OidcIssuer {
  config: OidcConfig;
  /** Signs from now on; published as well. */
  key: SigningKey;
  /** How often keys and discovery document were fetched. */
  fetches: { keys: number; discovery: number };
  /** Answers of `path` (`/keys`, `/.well-known/openid-configuration`) in place of the right ones. */
  answers: Map<string, { status?: number; body: string }>;
  /** A good one, but for what is changed; a claim that is `undefined` is left out. */
  token(claims?: JWTPayload, change?: TokenChange): Promise<string>;
  /** A new key takes the place of the old one, which is published no more. */
  rotate(alg?: string): Promise<void>;
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export const AUDIENCE = 'slipway-of-tests';
const DISCOVERY = '/.well-known/openid-configuration';

let keys = 0;

export async function newSigningKey(alg = 'RS256'): Promise<SigningKey> {
  keys += 1;
  const kid = `key-${keys}`;
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
  return { kid, alg, privateKey, publicJwk, publicPem: await exportSPKI(publicKey) };
}

const seconds = (): number => Math.floor(Date.now() / 1000);

/** An issuer of tokens on this machine, as real ones are: by HTTP, with a discovery document and keys that change. */
export async function startOidcIssuer(): Promise<OidcIssuer> {
  const issuer = {
    key: await newSigningKey(),
    fetches: { keys: 0, discovery: 0 },
    answers: new Map<string, { status?: number; body: string }>(),
  } as OidcIssuer;
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const { status = 200, body } = issuer.answers.get(path) ?? answerOf(path, issuer);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  const port = await listen(server, 0);
  const url = `http://127.0.0.1:${port}`;
  const claims = { name: 'name', email: 'email', projects: 'slipway_projects' };
  const algorithms = ['RS256', 'ES256', 'PS256', 'EdDSA'];
  return Object.assign(issuer, {
    config: { issuer: url, audience: AUDIENCE, jwksUrl: null, algorithms, claims },
    token: (payload: JWTPayload = {}, change: TokenChange = {}) => sign(issuer, payload, change),
    async rotate(alg?: string) {
      issuer.key = await newSigningKey(alg);
    },
    goAway: () => stop(server),
    async comeBack() {
      await listen(server, port);
    },
    close: () => stop(server),
  });
}

function answerOf(path: string, { key, fetches, config }: OidcIssuer): { status?: number; body: string } {
  if (path === DISCOVERY) {
    fetches.discovery += 1;
    return { body: JSON.stringify({ issuer: config.issuer, jwks_uri: `${config.issuer}/keys` }) };
  }
  if (path !== '/keys') return { status: 404, body: '{}' };
  fetches.keys += 1;
  return { body: JSON.stringify({ keys: [key.publicJwk] }) };
}

function sign(
  { config, key: ownKey }: OidcIssuer,
  claims: JWTPayload,
  { header, key = ownKey }: TokenChange,
): Promise<string> {
  const payload = {
    iss: config.issuer,
    aud: AUDIENCE,
    sub: 'ada',
    iat: seconds(),
    exp: seconds() + 600,
    ...claims,
  };
  return new SignJWT(payload)
    .setProtectedHeader({ alg: key.alg, kid: key.kid, ...header })
    .sign(key.privateKey);
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function stop(server: Server): Promise<void> {
  if (!server.listening) return;
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
