const HIDDEN = '[hidden]';

/** Whole names, written as one word. */
const SECRET_NAMES = new Set([
  'authorization',
  'proxyauthorization',
  'cookie',
  'setcookie',
  'xapikey',
  'apikey',
  'token',
  // What a failed statement was given: hashes, addresses of people, sealed keys.
  'parameters',
]);

/** Ends of names: `newPassword`, `access_token`, `jwtSecret`, `SecretAccessKey`, `password_hash`. */
const SECRET_ENDS = [
  'password',
  'passwordhash',
  'token',
  'tokenhash',
  'secret',
  'secretaccesskey',
  'secretkey',
];

const ESCAPED_QUOTE = '\\\\*"';

/** Whether a line has a field that could be secret, also in JSON within JSON; few have, so that few are taken apart. */
export const MAY_HOLD_SECRET_FIELD = new RegExp(
  `(?:authorization|cookie|api[-_]?key|password(?:[-_]?hash)?|token(?:[-_]?hash)?|secret|secret[-_]?(?:access[-_]?)?key|parameters)${ESCAPED_QUOTE}\\s*:`,
  'i',
);

function isSecretName(name: string): boolean {
  const word = name.toLowerCase().replaceAll(/[-_]/g, '');
  return SECRET_NAMES.has(word) || SECRET_ENDS.some((end) => word.endsWith(end));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A piece of JSON in a sentence, such as the beginning of a body in the message of a parser. */
const hidePieces = (text: string): string =>
  text.replaceAll(/("([\w-]+)"\s*:\s*)(?:"(?:[^"\\]|\\.)*(?:"|$)|\[[^\]]*(?:\]|$))/g, (piece, start, name) =>
    isSecretName(String(name)) ? `${String(start)}"${HIDDEN}"` : piece,
  );

function hideInText(text: string): string {
  if (!MAY_HOLD_SECRET_FIELD.test(text)) return text;
  const value = parsed(text);
  return typeof value === 'object' && value !== null ? JSON.stringify(value, hide) : hidePieces(text);
}

/** Numbers, booleans and null tell nothing: they say how many tokens, or whether there is a password. */
function hide(name: string, value: unknown): unknown {
  const tells = typeof value === 'string' || (typeof value === 'object' && value !== null);
  if (tells && isSecretName(name)) return HIDDEN;
  return typeof value === 'string' ? hideInText(value) : value;
}

/** A line of JSON whose secret fields are hidden, whatever they hold. */
export function hideFields(line: string): string {
  const value = parsed(line);
  if (value === undefined) return hidePieces(line);
  return `${JSON.stringify(value, hide)}${line.endsWith('\n') ? '\n' : ''}`;
}
