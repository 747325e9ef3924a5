import type { Environment } from './environment';
import type { Format } from './formats';
import { plainText } from './formats';

/** An issuer of tokens other than this server, whose people need no password here. */
export interface OidcConfig {
  /** As its tokens name it, to the letter. */
  issuer: string;
  /** What its tokens name this installation. */
  audience: string;
  /** Null: as its discovery document says. */
  jwksUrl: string | null;
  algorithms: string[];
  /** Which claims of a token are read. */
  claims: { name: string; email: string; projects: string };
}

/** Those with a public key; a secret that both sides know could make tokens on both sides. */
const ALGORITHMS = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519'.split(' ');

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether what is fetched from there comes from whom it says; on this machine nobody stands between. */
export function isTrustworthy(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

/** A slash at its end is part of the name. OpenID Connect Core 1.0 §2: no query, no fragment. */
const issuerUrl: Format<string> = {
  expected: 'an https URL without query, as the tokens name it, such as https://login.example.com/',
  parse: (text) => (isTrustworthy(text) && !/[?#]/.test(text) ? text : undefined),
};

const keysUrl: Format<string> = {
  expected: 'an https URL, such as https://login.example.com/jwks.json',
  parse: (text) => (isTrustworthy(text) ? text : undefined),
};

const algorithms: Format<string[]> = {
  expected: `some of ${ALGORITHMS.join(', ')}, with commas between`,
  parse: (text) => {
    const names = text.split(',').map((part) => part.trim());
    return names.every((name) => ALGORITHMS.includes(name)) ? names : undefined;
  },
};

export const oidcVariables = {
  issuer: {
    name: 'OIDC_ISSUER',
    format: issuerUrl,
    unset: 'only this server’s own tokens open it',
    doc: 'Whose tokens open the API as well; the first one of somebody makes their account.',
  },
  audience: {
    name: 'OIDC_AUDIENCE',
    format: plainText,
    unset: 'must be set with `OIDC_ISSUER`',
    doc: 'What a token must have as its audience, so that one for another application opens nothing here.',
  },
  jwksUrl: {
    name: 'OIDC_JWKS_URL',
    format: keysUrl,
    unset: 'as the issuer’s discovery document says',
    doc: 'Where the issuer publishes its keys.',
  },
  algorithms: {
    name: 'OIDC_ALGORITHMS',
    format: algorithms,
    default: 'RS256,ES256,PS256,EdDSA',
    doc: 'By which its tokens may be signed.',
  },
  nameClaim: {
    name: 'OIDC_CLAIM_NAME',
    format: plainText,
    default: 'name',
    doc: 'The claim with the person’s name.',
  },
  emailClaim: {
    name: 'OIDC_CLAIM_EMAIL',
    format: plainText,
    default: 'email',
    doc: 'The claim with the e-mail address; it counts only where `email_verified` is true.',
  },
  projectsClaim: {
    name: 'OIDC_CLAIM_PROJECTS',
    format: plainText,
    default: 'slipway_projects',
    doc: 'The claim with roles in projects: `{"PRJ-…": "editor"}` or `[{"id": "PRJ-…", "role": "editor"}]`.',
  },
};

/** Null where there is no outside issuer. */
export function readOidc(environment: Environment): OidcConfig | null {
  const issuer = environment.optional(oidcVariables.issuer);
  const audience = environment.optional(oidcVariables.audience);
  const config = {
    jwksUrl: environment.optional(oidcVariables.jwksUrl) ?? null,
    algorithms: environment.withDefault(oidcVariables.algorithms),
    claims: {
      name: environment.withDefault(oidcVariables.nameClaim),
      email: environment.withDefault(oidcVariables.emailClaim),
      projects: environment.withDefault(oidcVariables.projectsClaim),
    },
  };
  if (environment.isSet(oidcVariables.issuer) && audience === undefined) {
    environment.fault(
      oidcVariables.audience,
      'must be set with OIDC_ISSUER: what its tokens name this installation',
    );
  }
  if (!environment.isSet(oidcVariables.issuer) && audience !== undefined) {
    environment.fault(oidcVariables.audience, 'means nothing without OIDC_ISSUER; set both');
  }
  return issuer === undefined || audience === undefined ? null : { issuer, audience, ...config };
}
