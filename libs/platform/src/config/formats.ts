import { isIP } from 'node:net';

/** How the text of a variable becomes a value. */
export interface Format<Value> {
  /** What to give, completing "give …". */
  expected: string;
  /** Undefined when the text is not of this format. */
  parse(text: string): Value | undefined;
}

interface Range {
  min: number;
  max: number;
}

const within = (value: number, { min, max }: Range): number | undefined =>
  value >= min && value <= max ? value : undefined;

export const wholeNumber = (range: Range): Format<number> => ({
  expected: `a whole number from ${range.min} to ${range.max}`,
  parse: (text) => (/^\d+$/.test(text) ? within(Number(text), range) : undefined),
});

export const decimalNumber = (range: Range): Format<number> => ({
  expected: `a number from ${range.min} to ${range.max}, such as 1.5`,
  parse: (text) => (/^\d+(\.\d+)?$/.test(text) ? within(Number(text), range) : undefined),
});

export const port = wholeNumber({ min: 1, max: 65_535 });

const UNITS: Record<string, number> = { '': 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

/** Bytes. */
export const size = (range: Range & { expected: string }): Format<number> => ({
  expected: range.expected,
  parse: (text) => {
    const [, digits, unit] = /^(\d+) ?(|KiB|MiB|GiB)$/.exec(text) ?? [];
    return digits === undefined ? undefined : within(Number(digits) * (UNITS[unit ?? ''] ?? 1), range);
  },
});

export const yesOrNo: Format<boolean> = {
  expected: 'true or false',
  parse: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
};

export const oneOf = <Word extends string>(words: readonly Word[]): Format<Word> => ({
  expected: `one of ${words.join(', ')}`,
  parse: (text) => words.find((word) => word === text),
});

export const plainText: Format<string> = { expected: 'some text', parse: (text) => text };

export const longText = (length: number): Format<string> => ({
  expected: `at least ${length} characters`,
  parse: (text) => (text.length >= length ? text : undefined),
});

const isUrl = (text: string, schemes: RegExp): boolean => schemes.test(text) && URL.canParse(text);

/** Without the slashes at its end. */
export const webUrl: Format<string> = {
  expected: 'a URL such as https://files.example.com',
  parse: (text) => (isUrl(text, /^https?:\/\/./) ? text.replace(/\/+$/, '') : undefined),
};

export const postgresUrl: Format<string> = {
  expected: 'a URL such as postgres://user:password@host:5432/database',
  parse: (text) => (isUrl(text, /^postgres(ql)?:\/\/./) ? text : undefined),
};

export const redisUrl: Format<string> = {
  expected: 'a URL such as redis://user:password@host:6379, or rediss:// for TLS',
  parse: (text) => (isUrl(text, /^rediss?:\/\/./) ? text : undefined),
};

const originOf = (text: string): string | undefined => {
  if (text === '*') return text;
  return isUrl(text, /^https?:\/\/./) && new URL(text).pathname === '/' ? new URL(text).origin : undefined;
};

export const origins: Format<string[]> = {
  expected: 'origins with commas between, such as https://app.example.com, http://localhost:5173',
  parse: (text) => {
    const parsed = text.split(',').map((part) => originOf(part.trim()));
    return parsed.every((origin) => origin !== undefined) ? parsed : undefined;
  },
};

const PREFIX_BITS: Record<number, number> = { 4: 32, 6: 128 };

/** `10.0.0.1`, `10.0.0.0/8`, `fd00::/8` */
function isAddressRange(text: string): boolean {
  const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const bits = PREFIX_BITS[isIP(address)];
  return bits !== undefined && Number(prefix ?? bits) <= bits;
}

export const addressRanges: Format<string[]> = {
  expected: 'addresses or CIDR ranges with commas between, such as 10.0.0.0/8, 127.0.0.1',
  parse: (text) => {
    const parts = text.split(',').map((part) => part.trim());
    return parts.every(isAddressRange) ? parts : undefined;
  },
};
