import { allowsHost, parseHostRule } from './host-rule';

const RULES = [
  'files.example.com',
  '*.cdn.example.com',
  'odd.example.com:8443',
  'Bücher.example',
  'usual.example.com:443',
].flatMap((text) => parseHostRule(text) ?? []);

test.each([
  'https://files.example.com/x',
  'https://FILES.example.com:443/x',
  'http://files.example.com/x',
  'https://a.cdn.example.com/x',
  'https://a.b.cdn.example.com/x',
  'https://odd.example.com:8443/x',
  'https://xn--bcher-kva.example/x',
  'https://usual.example.com/x',
])('%s is of a listed host', (url) => {
  expect(allowsHost(new URL(url), RULES)).toBe(true);
});

test.each([
  'https://example.com/x',
  'https://cdn.example.com/x',
  'https://evilcdn.example.com/x',
  'https://files.example.com.evil.example/x',
  'https://files.example.com./x',
  'https://evil.example/files.example.com',
  'https://evil.example#@files.example.com',
  'https://evil.example\\@files.example.com/',
  'https://files.example.com@evil.example/',
  'https://files.example.com:8443/x',
  'https://files.example.com:80/x',
  'https://odd.example.com/x',
  'http://usual.example.com/x',
  'https://files.example.com%2eevil.example/x',
])('%s is not', (url) => {
  expect(allowsHost(new URL(url), RULES)).toBe(false);
});

test.each([
  '',
  '*',
  '*.',
  'a b',
  'https://a.example',
  'a.example/x',
  'u@a.example',
  'a.example:0',
  'a.example:65536',
  'a.*.example',
])('%j names no host', (text) => {
  expect(parseHostRule(text)).toBeUndefined();
});
