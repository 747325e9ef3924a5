import type { Environment } from './environment';
import { decimalNumber, longText, oneOf, wholeNumber } from './formats';
import type { MailConfig } from './mail-config';

export interface AccountsConfig {
  accessTokenMinutes: number;
  sessionDays: number;
  /** Whether an address counts as somebody's only when it is proven. */
  requireVerifiedEmail: boolean;
  passwords: { memoryKib: number; passes: number };
  signingKeys: SigningKeysKind;
  /** Null: nothing that another secret signed is good. */
  previousJwtSecret: string | null;
}

export const SIGNING_KEYS_KINDS = ['secret', 'rotating'] as const;
export type SigningKeysKind = (typeof SIGNING_KEYS_KINDS)[number];

export const accountsVariables = {
  accessTokenMinutes: {
    name: 'ACCESS_TOKEN_MINUTES',
    format: decimalNumber({ min: 15, max: 60 }),
    default: '30',
    doc: 'How long an access token works; a page renews it by its cookie.',
  },
  sessionDays: {
    name: 'SESSION_DAYS',
    format: decimalNumber({ min: 0.01, max: 400 }),
    default: '30',
    doc: 'A device that was silent for so long is signed out.',
  },
  emailVerification: {
    name: 'EMAIL_VERIFICATION',
    format: oneOf(['required', 'optional']),
    unset: '`required` where `SMTP_URL` is set, else `optional`',
    doc: 'Whether somebody must prove their address, by a mailed link, before they can do anything.',
  },
  passwordMemoryKib: {
    name: 'PASSWORD_MEMORY_KIB',
    format: wholeNumber({ min: 1_024, max: 1_048_576 }),
    default: '19456',
    doc: 'What hashing a password (argon2id) takes of memory; `npm run bench -- password` shows what settings cost on a machine.',
  },
  passwordPasses: {
    name: 'PASSWORD_PASSES',
    format: wholeNumber({ min: 1, max: 100 }),
    default: '2',
    doc: 'How often it goes over that memory. Hashes made with other settings are made anew at the next sign-in.',
  },
  signingKeys: {
    name: 'SIGNING_KEYS',
    format: oneOf(SIGNING_KEYS_KINDS),
    default: 'secret',
    doc: 'What signs access tokens: `secret`, HS256 with `JWT_SECRET`; `rotating`, ES256 with keys that change every 30 days and are published at `/.well-known/jwks.json`.',
  },
  previousJwtSecret: {
    name: 'JWT_SECRET_PREVIOUS',
    format: longText(32),
    unset: 'nothing that another secret signed is good',
    secret: true,
    doc: 'The `JWT_SECRET` before, which goes on verifying tokens and opening rotating keys until everything has changed.',
  },
};

export function readAccounts(environment: Environment, mail: MailConfig): AccountsConfig {
  const verification = environment.optional(accountsVariables.emailVerification);
  if (verification === 'required' && mail.smtp === null && !mail.preview) {
    environment.fault(
      accountsVariables.emailVerification,
      'lets nobody in while no mail is sent; set SMTP_URL',
    );
  }
  return {
    accessTokenMinutes: environment.withDefault(accountsVariables.accessTokenMinutes),
    sessionDays: environment.withDefault(accountsVariables.sessionDays),
    requireVerifiedEmail: verification === undefined ? mail.smtp !== null : verification === 'required',
    passwords: {
      memoryKib: environment.withDefault(accountsVariables.passwordMemoryKib),
      passes: environment.withDefault(accountsVariables.passwordPasses),
    },
    signingKeys: environment.withDefault(accountsVariables.signingKeys),
    previousJwtSecret: environment.optional(accountsVariables.previousJwtSecret) ?? null,
  };
}
