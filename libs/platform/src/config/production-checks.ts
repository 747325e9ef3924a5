import type { Environment, Variable } from './environment';
import { httpVariables, isLoopback, type HttpConfig } from './http-config';
import { productVariables } from './product-config';
import { weaknessOf } from './weak-secret';

/** A password within a URL has a server that slows guessing down; what signs or opens by itself has none. */
const LEAST_LENGTH = { password: 12, secret: 16, signing: 32 };

/** What of a variable is the secret, and how long it must be at least; null where an address has no password. */
function secretIn({ name }: Variable, text: string): { secret: string; least: number } | null {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    const isSigning = name === productVariables.jwtSecret.name;
    return { secret: text, least: isSigning ? LEAST_LENGTH.signing : LEAST_LENGTH.secret };
  }
  const password = URL.canParse(text) ? new URL(text).password : '';
  return password === '' ? null : { secret: decodeURIComponent(password), least: LEAST_LENGTH.password };
}

function checkSecret(environment: Environment, variable: Variable): void {
  const text = environment.textOf(variable);
  const found = text === undefined ? null : secretIn(variable, text);
  const weakness = found && weaknessOf(found.secret, found.least);
  if (weakness === null) return;
  environment.fault(
    variable,
    `its value ${weakness}; in production give a random one, such as of openssl rand -base64 32`,
  );
}

function checkAddresses(environment: Environment, http: HttpConfig): void {
  const { protocol, hostname } = new URL(http.publicUrl);
  if (protocol !== 'https:' && !isLoopback(hostname)) {
    environment.fault(
      httpVariables.publicUrl,
      `"${http.publicUrl}" is not https; in production passwords and tokens must not travel readable for everybody`,
    );
  }
  if (http.corsOrigins.includes('*')) {
    environment.fault(
      httpVariables.corsOrigins,
      'names every origin; in production list the ones that may call',
    );
  }
  if (http.trustedProxies.some((range) => range.endsWith('/0'))) {
    environment.fault(
      httpVariables.trustedProxies,
      'trusts everybody to say who they are; in production give the addresses of the proxies',
    );
  }
}

/** What a trial on one machine may be like and a server for others may not; notes each fault. */
export function checkForProduction(
  environment: Environment,
  http: HttpConfig,
  variables: readonly Variable[],
): void {
  for (const variable of variables) if (variable.secret) checkSecret(environment, variable);
  checkAddresses(environment, http);
}
