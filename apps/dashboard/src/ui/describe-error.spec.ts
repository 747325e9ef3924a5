import { ApiError, NetworkError } from '@slipway/sdk';
import { describeError } from './describe-error';

describe('an error in words', () => {
  it('says how long to wait when the API limits the rate', () => {
    const error = new ApiError(429, { code: 'rate_limited' }, { retryAfterMs: 12_400 });
    expect(describeError(error)).toBe('Too many calls in a short time. Try again in 13 s.');
  });

  it('names the request when the server failed, so that its log can be searched', () => {
    expect(describeError(new ApiError(500, { code: 'internal', request_id: 'req-7' }))).toContain('req-7');
  });

  it("keeps the API's own sentence for a code without words here", () => {
    const error = new ApiError(409, { code: 'email_taken', detail: 'There is an account with this email.' });
    expect(describeError(error)).toBe('There is an account with this email.');
  });

  it('tells a broken connection from a broken page', () => {
    expect(describeError(new NetworkError('x'))).toMatch(/connection/);
    expect(describeError(new TypeError('x is not a function'))).toMatch(/Reload/);
  });
});
