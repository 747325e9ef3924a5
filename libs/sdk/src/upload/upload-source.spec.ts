import { rejectionOf } from '../testing/rejection-of.js';
import { webDigest } from './sha256.js';
import { UploadSource } from './upload-source.js';

const HELLO = 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=';

/** A file that was written to after it had been chosen. */
function changingBlob(texts: string[]): Blob {
  const blob = new Blob(['hello']);
  return Object.assign(blob, { arrayBuffer: async () => new Blob([texts.shift() ?? '']).arrayBuffer() });
}

test('the digest is the base64 of the SHA-256', async () => {
  expect(await new UploadSource(new Blob(['hello']), webDigest).sha256()).toBe(HELLO);
});

test('a copy has the bytes that were announced', async () => {
  const source = new UploadSource(new Blob(['hello']), webDigest);
  await source.sha256();
  expect(await (await source.copy()).text()).toBe('hello');
});

test('a copy of other bytes than were announced is refused', async () => {
  const source = new UploadSource(changingBlob(['hello', 'olleh']), webDigest);
  await source.sha256();
  expect(await rejectionOf(source.copy())).toMatchObject({ code: 'file_changed' });
});

test('a file of another length than it said is refused', async () => {
  const source = new UploadSource(changingBlob(['hell']), webDigest);
  expect(await rejectionOf(source.sha256())).toMatchObject({ code: 'file_changed' });
});
