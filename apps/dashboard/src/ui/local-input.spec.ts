import { localInputOf, timeOfLocalInput } from './local-input';

test('a time goes into the field and comes back as the same minute', () => {
  const time = new Date(2026, 0, 5, 7, 4).toISOString();
  expect(localInputOf(time)).toBe('2026-01-05T07:04');
  expect(timeOfLocalInput(localInputOf(time))).toBe(time);
});

test('an empty field is no time', () => {
  expect(localInputOf(null)).toBe('');
  expect(timeOfLocalInput('')).toBeNull();
});
