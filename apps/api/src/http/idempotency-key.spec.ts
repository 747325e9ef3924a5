import { MAX_KEY_LENGTH, readIdempotencyKey } from './idempotency-key';

const keyOf = (key?: string) => readIdempotencyKey({ headers: { 'idempotency-key': key } });

test('a call without the header has no key', () => {
  expect(keyOf()).toBeNull();
});

test.each(['1', '8e03978e-40d5-43e8-bc93-6894a57f9324', '"quoted"', 'a b'])(
  'the key %j is taken as it is',
  (key) => {
    expect(keyOf(key)).toBe(key);
  },
);

test('a key may be long, and not longer', () => {
  const key = 'x'.repeat(MAX_KEY_LENGTH);
  expect(keyOf(key)).toBe(key);
  expect(() => keyOf(`${key}x`)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
});

test.each(['', 'clé', 'a\tb', 'a\u007f'])('the key %j is refused', (key) => {
  expect(() => keyOf(key)).toThrow(
    expect.objectContaining({
      code: 'invalid_request',
      errors: [expect.objectContaining({ field: 'Idempotency-Key' })],
    }),
  );
});
