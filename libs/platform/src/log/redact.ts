const RULES: [RegExp, string][] = [
  // A signed URL is a key to the object for as long as it lives.
  [/\?[^\s"]*X-Amz-Signature=[^\s"]*/g, '?[signed]'],
  [/("(?:proxy-)?authorization":|"(?:set-)?cookie":)"(?:[^"\\]|\\.)*"/gi, '$1"[hidden]"'],
  [/\bBearer [\w.~+/=-]+/g, 'Bearer [hidden]'],
  // postgres://user:password@host
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/"]+):[^\s@/"]+@/g, '$1:[hidden]@'],
];

/** A line of the log without what opens doors, wherever in it that stood: field, message or stack. */
export function redact(line: string): string {
  return RULES.reduce((text, [secret, replacement]) => text.replace(secret, replacement), line);
}
