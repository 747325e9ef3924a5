/** A host that may be fetched from. */
export interface HostRule {
  /** As URLs have it: lower case, ASCII. */
  host: string;
  /** Those below it, and not itself. */
  subdomains: boolean;
  /** Null: the usual one of the scheme. */
  port: number | null;
}

const RULE = /^(\*\.)?([^/\s:@?#*]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/i;

/** `files.example.com`, `*.example.com`, `files.example.com:8443`; undefined for what is none of these. */
export function parseHostRule(text: string): HostRule | undefined {
  const [, wildcard, name = '', port] = RULE.exec(text) ?? [];
  const origin = `http://${name}`;
  if (name === '' || !URL.canParse(origin) || Number(port ?? 1) < 1 || Number(port ?? 1) > 65_535) {
    return undefined;
  }
  const host = new URL(origin).hostname;
  return { host, subdomains: wildcard !== undefined, port: port === undefined ? null : Number(port) };
}

const USUAL_PORTS: Record<string, number> = { 'http:': 80, 'https:': 443 };

/** URLs write no port where it is the usual one of their scheme. */
const portFits = ({ port, protocol }: URL, rule: HostRule): boolean =>
  rule.port === null ? port === '' : Number(port || USUAL_PORTS[protocol]) === rule.port;

const nameFits = ({ hostname }: URL, { host, subdomains }: HostRule): boolean =>
  subdomains ? hostname.endsWith(`.${host}`) : hostname === host;

export const allowsHost = (url: URL, rules: readonly HostRule[]): boolean =>
  rules.some((rule) => nameFits(url, rule) && portFits(url, rule));
