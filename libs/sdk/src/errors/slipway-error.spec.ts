import { AbortedError } from './aborted-error.js';
import { isSlipwayError } from './slipway-error.js';

test('an error of another copy of this package is known as one', () => {
  jest.isolateModules(() => {
    const other = jest.requireActual<typeof import('./aborted-error.js')>('./aborted-error.js');
    const error = new other.AbortedError();
    expect(error).not.toBeInstanceOf(AbortedError);
    expect(isSlipwayError(error)).toBe(true);
  });
});

test.each([null, undefined, 'aborted', { code: 'aborted' }, new Error('aborted')])(
  '%p is none of ours',
  (value) => {
    expect(isSlipwayError(value)).toBe(false);
  },
);
