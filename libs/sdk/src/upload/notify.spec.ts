import { notify } from './notify.js';

test('what a callback throws surfaces on its own and does not reach the upload', () => {
  jest.useFakeTimers();
  const callback = () => {
    throw new Error('in the host');
  };
  notify(callback, 1);
  expect(() => jest.runAllTimers()).toThrow('in the host');
  jest.useRealTimers();
});
