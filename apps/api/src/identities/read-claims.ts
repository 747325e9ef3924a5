import type { OutsideIdentity } from '@slipway/core/identities/outside-identity';
import { safeName } from '@slipway/core/shared/file-name';
import { PROJECT_ROLES, type ProjectRole } from '@slipway/core/shared/project-role';
import type { OidcConfig } from '@slipway/platform/config/oidc-config';
import type { JWTPayload } from 'jose';

const MAX_NAME_LENGTH = 100;
const MAX_EMAIL_LENGTH = 254;
const EMAIL = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u;
/** At most 255 characters of ASCII: OpenID Connect Core 1.0 §2. */
const SUBJECT = /^[\x21-\x7e]{1,255}$/;
const PROJECT_ID = /^PRJ-[0-9A-Z]{26}$/;

function readName(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const name = Array.from(safeName(value).trim()).slice(0, MAX_NAME_LENGTH).join('');
  return name === '' ? null : name;
}

/** Some issuers send the text `true`. */
const isProven = (verified: unknown): boolean => verified === true || verified === 'true';

function readEmail(value: unknown, verified: unknown): string | null {
  const isAddress = typeof value === 'string' && value.length <= MAX_EMAIL_LENGTH && EMAIL.test(value);
  return isAddress && isProven(verified) ? value : null;
}

const isRole = (role: unknown): role is ProjectRole => PROJECT_ROLES.some((known) => known === role);

/** `{"PRJ-…": "editor"}` or `[{"id": "PRJ-…", "role": "editor"}]`; what is neither a project nor a role is left out. */
function readRoles(value: unknown): Record<string, ProjectRole> {
  if (typeof value !== 'object' || value === null) return {};
  const pairs: [unknown, unknown][] = Array.isArray(value)
    ? value.map((one: { id?: unknown; role?: unknown } | null) => [one?.id, one?.role])
    : Object.entries(value);
  return Object.fromEntries(
    pairs.filter(
      (pair): pair is [string, ProjectRole] =>
        typeof pair[0] === 'string' && PROJECT_ID.test(pair[0]) && isRole(pair[1]),
    ),
  );
}

/** Whom the claims of a verified token speak of; null where they name nobody. */
export function readClaims(
  payload: JWTPayload,
  { issuer, claims }: Pick<OidcConfig, 'issuer' | 'claims'>,
): OutsideIdentity | null {
  const { sub: subject } = payload;
  if (typeof subject !== 'string' || !SUBJECT.test(subject)) return null;
  return {
    issuer,
    subject,
    name: readName(payload[claims.name]),
    email: readEmail(payload[claims.email], payload['email_verified']),
    claimedRoles: readRoles(payload[claims.projects]),
  };
}
