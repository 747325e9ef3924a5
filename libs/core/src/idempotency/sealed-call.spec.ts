import { createSecretKey } from 'node:crypto';
import { SealedCall } from './sealed-call';

const secretOf = (text: string) => createSecretKey(text, 'utf8');
const server = secretOf('a secret of the server');
const call = { caller: 'USR-1', key: 'key-1', request: { method: 'POST', body: { password: 'horse' } } };
const sealed = (change: object = {}, secret = server) => new SealedCall({ ...call, ...change }, secret);

test.each([
  [{ url: 'https://example.com/?X-Amz-Signature=1', list: [1, null] }],
  [undefined],
  ['text'],
  [null],
])('the body %j comes back as it went in', (body) => {
  expect(sealed().open(sealed().seal(body))).toEqual(body);
});

test('nothing of an answer can be read in what is stored', () => {
  const stored = sealed().seal({ access_token: 'very-secret-token' });
  expect(stored.includes('secret')).toBe(false);
  expect(stored.includes('access_token')).toBe(false);
});

test('the same answer is never stored as the same bytes', () => {
  expect(sealed().seal('x').equals(sealed().seal('x'))).toBe(false);
});

test.each([
  ['another key', sealed({ key: 'key-2' })],
  ['another caller', sealed({ caller: 'USR-2' })],
  ['another request', sealed({ request: {} })],
  ['another secret of the server', sealed({}, secretOf('another'))],
])('an answer is not opened with %s', (_, other) => {
  expect(() => other.open(sealed().seal('x'))).toThrow('unable to authenticate');
});

test('a changed byte is noticed', () => {
  const stored = sealed().seal('x');
  stored.writeUInt8(stored.readUInt8(stored.length - 1) ^ 1, stored.length - 1);
  expect(() => sealed().open(stored)).toThrow('unable to authenticate');
});

test('the same request is known again, in whatever order its members are', () => {
  const again = sealed({ request: { body: { password: 'horse' }, method: 'POST' } });
  expect(again.request.equals(sealed().request)).toBe(true);
});

test('a request cannot be guessed without the key and the secret', () => {
  expect(sealed({ key: 'key-2' }).request.equals(sealed().request)).toBe(false);
  expect(sealed({}, secretOf('another')).request.equals(sealed().request)).toBe(false);
});

test('callers have keys of their own', () => {
  expect(sealed({ caller: 'USR-2' }).id.equals(sealed().id)).toBe(false);
});
