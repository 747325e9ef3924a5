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

/** What a body is bound to. */
interface SentBody {
  /** Exact length of the body in bytes: another length breaks the signature. */
  size: number;
  contentType?: string;
  /** Base64; null or unset where the client gave none. */
  checksumSha256?: string | null | undefined;
  /** Base64; for storages that check Content-MD5 but no SHA-256. */
  contentMd5?: string | null | undefined;
}

export interface PutUrlOptions extends SentBody, Lifetime {
  contentType: string;
}

export interface PartUrlOptions extends Omit<SentBody, 'contentType'>, Lifetime {
  storageUploadId: string;
  /** From 1. */
  partNumber: number;
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
  /** `name:value` lines of all signed headers, sorted by name. */
  headerLines: string;
  /** The names of the same headers as X-Amz-SignedHeaders lists them. */
  headerNames: string;
  /** What follows X-Amz-SignedHeaders in the sorted query, already encoded. */
  queryTail: string;
}

/** What all URLs signed on one day have in common. */
interface SigningDay {
  /** YYYYMMDD */
  name: string;
  key: SigningKey;
  /** X-Amz-Credential, encoded. */
  credential: string;
}

const SECONDS_OF_DAY = 86_400;

const twoDigits = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));

/** `T120000Z`, of seconds since 1970. Written out: formatting dates would be an eighth of the cost of a signature. */
function timeOfDay(seconds: number): string {
  const rest = seconds % SECONDS_OF_DAY;
  const hours = twoDigits[Math.floor(rest / 3600)];
  return `T${hours}${twoDigits[Math.floor(rest / 60) % 60]}${twoDigits[rest % 60]}Z`;
}

const canonicalValue = (value: string): string => value.replace(/[\r\n\t ]+/g, ' ').trim();

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
  private readonly days = new Map<number, SigningDay>();
  private readonly tokenQuery: string;
  private readonly hostLine: string;

  constructor(
    private readonly address: BucketAddress,
    private readonly region: string,
    readonly credentials: SigningCredentials,
  ) {
    this.tokenQuery = override('X-Amz-Security-Token', credentials.sessionToken || undefined);
    this.hostLine = `host:${address.host}\n`;
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
    return this.sign({
      method: 'GET',
      key,
      window,
      headerLines: this.hostLine,
      headerNames: 'host',
      queryTail,
    });
  }

  /**
   * A URL that writes one object once described: length, type and sums are signed as headers. In the query, where
   * presigners put `x-amz-*` by default, storages do not enforce them.
   */
  put(key: string, options: PutUrlOptions): SignedPut {
    return this.signBody(key, options, '&x-id=PutObject');
  }

  /** The same for one part of an upload in parts, which has no type of its own. */
  part(key: string, { storageUploadId, partNumber, ...options }: PartUrlOptions): SignedPut {
    const part = `&partNumber=${partNumber}&uploadId=${encodeUri(storageUploadId)}&x-id=UploadPart`;
    return this.signBody(key, options, part);
  }

  /** Binds what is sent: header lines and names sorted by name. */
  private signBody(key: string, body: SentBody & Lifetime, queryTail: string): SignedPut {
    const { size, contentType, checksumSha256, contentMd5 } = body;
    const headers: Record<string, string> = {};
    let headerLines = `content-length:${size}\n`;
    let headerNames = 'content-length';
    if (contentMd5) {
      headers['content-md5'] = contentMd5;
      headerLines += `content-md5:${canonicalValue(contentMd5)}\n`;
      headerNames += ';content-md5';
    }
    if (contentType) {
      headers['content-type'] = contentType;
      headerLines += `content-type:${canonicalValue(contentType)}\n`;
      headerNames += ';content-type';
    }
    headerLines += this.hostLine;
    headerNames += ';host';
    if (checksumSha256) {
      headers['x-amz-checksum-sha256'] = checksumSha256;
      headerLines += `x-amz-checksum-sha256:${canonicalValue(checksumSha256)}\n`;
      headerNames += ';x-amz-checksum-sha256';
    }
    const window = exactWindow(body);
    const { url, expiresAt } = this.sign({ method: 'PUT', key, window, headerLines, headerNames, queryTail });
    return { url, method: 'PUT', headers, expiresAt };
  }

  /** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
  private sign({ method, key, window, headerLines, headerNames, queryTail }: RequestParts): SignedUrl {
    assertLife(window);
    const seconds = Math.floor(window.signedAt.getTime() / 1000);
    const day = this.dayOf(seconds);
    const amzDate = day.name + timeOfDay(seconds);
    const path = this.address.basePath + encodeKey(key);
    const before =
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD' +
      `&X-Amz-Credential=${day.credential}&X-Amz-Date=${amzDate}&X-Amz-Expires=${window.expiresIn}${this.tokenQuery}`;
    const after = `&X-Amz-SignedHeaders=${headerNames.replaceAll(';', '%3B')}${queryTail}`;
    const canonicalRequest = `${method}\n${path}\n${before}${after}\n${headerLines}\n${headerNames}\nUNSIGNED-PAYLOAD`;
    const signature = day.key.sign(amzDate, canonicalRequest);
    const url = `${this.address.origin}${path}?${before}&X-Amz-Signature=${signature}${after}`;
    return { url, expiresAt: this.endOf(seconds + window.expiresIn) };
  }

  /** At most a handful: windows reach back a week at the very most. */
  private dayOf(seconds: number): SigningDay {
    const number = Math.floor(seconds / SECONDS_OF_DAY);
    const known = this.days.get(number);
    if (known) return known;
    if (this.days.size >= 8) this.days.clear();
    const name = new Date(seconds * 1000).toISOString().slice(0, 10).replaceAll('-', '');
    const key = new SigningKey(this.credentials.secretAccessKey, this.region, name);
    const made = { name, key, credential: encodeUri(`${this.credentials.accessKeyId}/${key.scope}`) };
    this.days.set(number, made);
    return made;
  }

  private endOf(seconds: number): Date {
    const end = seconds * 1000;
    return new Date(Math.min(end, this.credentials.expiration?.getTime() ?? end));
  }
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
