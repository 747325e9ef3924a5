import { hideFields, MAY_HOLD_SECRET_FIELD } from './redact-fields';

/**
 * Told by how they look, wherever they stand: field, message or stack. None reaches over the end of a JSON string, and
 * none looks at the same text from many places: what callers choose may be long.
 */
const RULES: [RegExp, string][] = [
  // A signed URL is a key to the object for as long as it lives.
  [/\?[^\s"\\?]*X-Amz-(?:Signature|Credential|Security-Token)=[^\s"\\]*/gi, '?[signed]'],
  [/\b(Bearer|Basic) [\w.~+/=-]{4,}/gi, '$1 [hidden]'],
  // A JSON Web Token: its first part is JSON, so that it begins alike.
  [/(?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]*/g, '[token]'],
  [/\bslw_[\w-]+/g, 'slw_[hidden]'],
  // postgres://user:password@host; only the last at sign ends the password.
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/"\\]*):[^\s/"\\]*@/gi, '$1:[hidden]@'],
  // Links that open something to whoever has them: shares, references, what is mailed.
  [/(\/s\/)[\w%.~-]{12,}/g, '$1[hidden]'],
  [/(\/private\/|private:\/\/)[^\s"\\/?#]+/g, '$1[hidden]'],
  [/(\/(?:reset|verify|invitation)\/)[\w%.~-]{12,}/g, '$1[hidden]'],
  [/([?&#;](?:[a-z]{1,20}_)?(?:token|secret|password|api_?key|signature)=)[^\s"\\&#]+/gi, '$1[hidden]'],
  [/(slipway_refresh=)[^\s"\\;,]+/g, '$1[hidden]'],
];

const hideText = (text: string): string =>
  RULES.reduce((shown, [secret, replacement]) => shown.replace(secret, replacement), text);

/** A line of the log (JSON) without what opens doors. What only looks like it may be hidden too. */
export function redact(line: string): string {
  const text = hideText(line);
  return MAY_HOLD_SECRET_FIELD.test(text) ? hideFields(text) : text;
}
