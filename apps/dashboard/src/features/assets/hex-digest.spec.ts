import { createHash } from 'node:crypto';
import { hexOfBase64 } from './hex-digest';

it('a digest in base64 is the same digest in hexadecimal', () => {
  const digest = createHash('sha256').update('slipway').digest();
  expect(hexOfBase64(digest.toString('base64'))).toBe(digest.toString('hex'));
});
