/**
 * Headers as they came: names in lower case, values of a repeated header joined by a comma. Node's own map drops some
 * repeated headers, and a dropped header could not be checked against the signature.
 */
export class RequestHeaders {
  private readonly values = new Map<string, string>();

  constructor(rawHeaders: readonly string[]) {
    for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
      const name = rawHeaders[index]!.toLowerCase();
      const value = rawHeaders[index + 1]!.trim();
      const earlier = this.values.get(name);
      this.values.set(name, earlier === undefined ? value : `${earlier},${value}`);
    }
  }

  /** Characters stand for bytes (latin1), as Node reads them. */
  get(name: string): string | undefined {
    return this.values.get(name);
  }

  /** For text that clients send as UTF-8, such as metadata. */
  getText(name: string): string | undefined {
    const value = this.values.get(name);
    return value === undefined ? undefined : Buffer.from(value, 'latin1').toString('utf8');
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  names(): string[] {
    return [...this.values.keys()];
  }
}
