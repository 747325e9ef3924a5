import { ApiError, FileError, NetworkError } from '@slipway/sdk';
import { explainUploadError, isHopeless } from './explain-upload-error';

const MIB = 1024 * 1024;

describe('why an upload failed', () => {
  it('names the limit of one file', () => {
    const error = new ApiError(413, { code: 'file_too_large', limit: 100 * MIB, size: 300 * MIB });
    expect(explainUploadError(error)).toBe('The file is too large: one file may have 100 MB at most.');
  });

  it('says how much room is left beside what is used and reserved', () => {
    const facts = { used: 60 * MIB, reserved: 30 * MIB, limit: 100 * MIB, requested: 20 * MIB };
    const error = new ApiError(413, { code: 'quota_exceeded', ...facts });
    expect(explainUploadError(error)).toBe(
      'Your storage is full: 10 MB of 100 MB left, and this file has 20 MB.',
    );
  });

  it.each([
    ['user', 'Your storage holds 500 files, as many as it may. Delete some to make room.'],
    ['project', 'This project holds 500 files, as many as it may. Delete some to make room.'],
  ])('counts files where their number is the limit of the %s', (scope, words) => {
    const facts = { scope, kind: 'files', used: 499, reserved: 1, limit: 500, requested: 1 };
    expect(explainUploadError(new ApiError(413, { code: 'quota_exceeded', ...facts }))).toBe(words);
  });

  it('says that a project is full while the account is not', () => {
    const facts = { scope: 'project', kind: 'bytes', used: 9 * MIB, reserved: 0, limit: 10 * MIB };
    const error = new ApiError(413, { code: 'quota_exceeded', ...facts, requested: 2 * MIB });
    expect(explainUploadError(error)).toBe(
      'This project is full: 1 MB of 10 MB left, and this file has 2 MB.',
    );
  });

  it('says that the storage is full even when the figures are missing', () => {
    expect(explainUploadError(new ApiError(413, { code: 'quota_exceeded' }))).toMatch(/storage is full/);
  });

  it("keeps the SDK's sentence for a file that is too large by its own rules", () => {
    const error = new FileError('file_too_large', 'The file is too large: it may have 100 MB at most.');
    expect(explainUploadError(error)).toBe('The file is too large: it may have 100 MB at most.');
  });

  it('hints at CORS where the browser hid the reason', () => {
    expect(explainUploadError(new NetworkError('x', { code: 'cors' }))).toMatch(/CORS/);
  });

  it('offers no retry where the same file would fail again', () => {
    expect(isHopeless(new ApiError(422, { code: 'content_mismatch' }))).toBe(true);
    expect(isHopeless(new NetworkError('x'))).toBe(false);
  });
});
