import { bucketAddress, type BucketAddress, type BucketAddressOptions } from './bucket-address';
import { SigningKey } from './signing-key';
import { MAX_EXPIRES_IN, signingWindow, type SigningWindow } from './signing-window';
import { StorageError } from './storage-error';
import { encodeKey, encodeUri } from './uri-encode';

export interface SigningCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  /** When a session token ends; a URL signed with it ends no later. */
  expiration?: Date;
}

export interface UrlSignerOptions extends BucketAddressOptions {
  /** Asked at each `open`, so it must keep what it fetched until near its expiration, as the AWS SDK's providers do. */
  credentials: () => Promise<SigningCredentials>;
}

export interface Lifetime {
  now: Date;
  /** How long the URL must work, in seconds; at most 604,800 (seven days). */
  expiresIn: number;
}

export interface GetUrlOptions extends Lifetime {
  /** Seconds within which the same key is given the identical URL, so that it can be cached; unset, each call signs anew. */
  windowSeconds?: number | undefined;
  responseCacheControl?: string | undefined;
  responseContentDisposition?: string | undefined;
  responseContentType?: string | undefined;
}

export interface SignedUrl {
  url: string;
  /** When the storage stops accepting it; with `windowSeconds` later than was asked for. */
  expiresAt: Date;
}

export interface PutUrlOptions extends Lifetime {
  /** Exact length of the body in bytes: another length breaks the signature. */
  size: number;
  contentType: string;
  /** Base64; null or unset where the client gave none. */
  checksumSha256?: string | null | undefined;
  /** Base64; for storages that check Content-MD5 but no SHA-256. */
  contentMd5?: string | null | undefined;
}

export interface SignedPut extends SignedUrl {
  method: 'PUT';
  /** What the browser must send with the body, without Host and Content-Length, which it sets by itself. */
  headers: Record<string, string>;
}

interface RequestParts {
  method: 'GET' | 'PUT';
  key: string;
  window: SigningWindow;
  /** Name and trimmed value of every signed header, sorted by name. */
  headers: ReadonlyArray<readonly [string, string]>;
  /** What follows X-Amz-SignedHeaders in the sorted query, already encoded. */
  queryTail: string;
}

const canonicalValue = (value: string): string => value.replace(/[\r\n\t ]+/g, ' ').trim();

/** `2026-01-15T12:00:00.000Z` as `20260115T120000Z`. */
const amzDateOf = (date: Date): string => date.toISOString().replace(/[-:]|\.\d{3}/g, '');

const exactWindow = ({ now, expiresIn }: Lifetime): SigningWindow => ({ signedAt: now, expiresIn });

function assertLife({ expiresIn }: SigningWindow): void {
  if (!Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > MAX_EXPIRES_IN) {
    throw new RangeError(`A signed URL lives 1 to ${MAX_EXPIRES_IN} whole seconds, not ${expiresIn}`);
  }
}

/** A query part, or nothing for an override that was not asked for. */
const override = (name: string, value: string | undefined): string =>
  value === undefined ? '' : `&${name}=${encodeUri(value)}`;

/** Signs with one set of credentials, without waiting for anything; made by `UrlSigner.open` for one request. */
export class Signing {
  private readonly keys = new Map<string, SigningKey>();
  private readonly tokenQuery: string;

  constructor(
    private readonly address: BucketAddress,
    private readonly region: string,
    readonly credentials: SigningCredentials,
  ) {
    this.tokenQuery = override('X-Amz-Security-Token', credentials.sessionToken || undefined);
  }

  /** Where the object is, unsigned: it opens nothing by itself. */
  locate(key: string): string {
    return this.address.origin + this.address.basePath + encodeKey(key);
  }

  /** A URL that reads one object. The overrides become headers of the storage's answer. */
  get(key: string, options: GetUrlOptions): SignedUrl {
    const { now, expiresIn, windowSeconds } = options;
    const window =
      windowSeconds === undefined
        ? exactWindow(options)
        : signingWindow(key, { now, windowSeconds, promisedSeconds: expiresIn });
    const queryTail =
      override('response-cache-control', options.responseCacheControl) +
      override('response-content-disposition', options.responseContentDisposition) +
      override('response-content-type', options.responseContentType) +
      '&x-id=GetObject';
    const headers = [['host', this.address.host]] as const;
    return this.sign({ method: 'GET', key, window, headers, queryTail });
  }

  /**
   * A URL that writes one object once described: length, type and sums are signed as headers. In the query, where
   * presigners put `x-amz-*` by default, storages do not enforce them.
   */
  put(key: string, options: PutUrlOptions): SignedPut {
    const { size, contentType, checksumSha256, contentMd5 } = options;
    const headers: Record<string, string> = { 'content-type': contentType };
    if (contentMd5) headers['content-md5'] = contentMd5;
    if (checksumSha256) headers['x-amz-checksum-sha256'] = checksumSha256;
    const signed = Object.entries({ ...headers, host: this.address.host, 'content-length': String(size) });
    const { url, expiresAt } = this.sign({
      method: 'PUT',
      key,
      window: exactWindow(options),
      headers: signed.map(([name, value]) => [name, canonicalValue(value)] as const).sort(byName),
      queryTail: '&x-id=PutObject',
    });
    return { url, method: 'PUT', headers, expiresAt };
  }

  /** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
  private sign({ method, key, window, headers, queryTail }: RequestParts): SignedUrl {
    assertLife(window);
    const amzDate = amzDateOf(window.signedAt);
    const signingKey = this.keyOfDay(amzDate.slice(0, 8));
    const path = this.address.basePath + encodeKey(key);
    const names = headers.map(([name]) => name).join(';');
    const lines = headers.map(([name, value]) => `${name}:${value}\n`).join('');
    const before =
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD' +
      `&X-Amz-Credential=${encodeUri(`${this.credentials.accessKeyId}/${signingKey.scope}`)}` +
      `&X-Amz-Date=${amzDate}&X-Amz-Expires=${window.expiresIn}${this.tokenQuery}`;
    const after = `&X-Amz-SignedHeaders=${encodeUri(names)}${queryTail}`;
    const canonicalRequest = `${method}\n${path}\n${before}${after}\n${lines}\n${names}\nUNSIGNED-PAYLOAD`;
    const signature = signingKey.sign(amzDate, canonicalRequest);
    const url = `${this.address.origin}${path}?${before}&X-Amz-Signature=${signature}${after}`;
    return { url, expiresAt: this.endOf(window) };
  }

  /** At most a handful: windows reach back a week at the very most. */
  private keyOfDay(day: string): SigningKey {
    const known = this.keys.get(day);
    if (known) return known;
    if (this.keys.size >= 8) this.keys.clear();
    const made = new SigningKey(this.credentials.secretAccessKey, this.region, day);
    this.keys.set(day, made);
    return made;
  }

  private endOf({ signedAt, expiresIn }: SigningWindow): Date {
    const end = Math.floor(signedAt.getTime() / 1000 + expiresIn) * 1000;
    return new Date(Math.min(end, this.credentials.expiration?.getTime() ?? end));
  }
}

function byName([left]: readonly [string, string], [right]: readonly [string, string]): number {
  return left < right ? -1 : 1;
}

const sameIdentity = (left: SigningCredentials, right: SigningCredentials): boolean =>
  left.accessKeyId === right.accessKeyId &&
  left.secretAccessKey === right.secretAccessKey &&
  left.sessionToken === right.sessionToken &&
  left.expiration?.getTime() === right.expiration?.getTime();

/**
 * Signs URLs of one bucket for browsers. Our own because a page needs hundreds: the SDK's `getSignedUrl` spends about
 * 0.6 ms on each, this about 0.01. url-signer.spec.ts holds it to the SDK's output byte for byte.
 */
export class UrlSigner {
  private readonly address: BucketAddress;
  private current: Signing | undefined;

  constructor(private readonly options: UrlSignerOptions) {
    this.address = bucketAddress(options);
  }

  /** Fetches the credentials once; everything a request then signs is synchronous. Throws `StorageError`. */
  async open(): Promise<Signing> {
    const credentials = await this.options.credentials().catch((cause: unknown) => {
      throw new StorageError('unavailable', 'The storage credentials could not be loaded', { cause });
    });
    if (!this.current || !sameIdentity(this.current.credentials, credentials)) {
      this.current = new Signing(this.address, this.options.region, credentials);
    }
    return this.current;
  }
}
