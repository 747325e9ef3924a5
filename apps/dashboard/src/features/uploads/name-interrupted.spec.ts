import { nameInterrupted } from './name-interrupted';

const named = (...names: string[]) => nameInterrupted(names.map((fileName) => ({ fileName })));

it('asks for the files by name, and for a few of many', () => {
  expect(named('boat.mov')).toBe(
    '1 upload was interrupted: choose boat.mov again to go on where it stopped.',
  );
  expect(named('a', 'b', 'c')).toBe(
    '3 uploads were interrupted: choose a, b and c again to go on where they stopped.',
  );
  expect(named('a', 'b', 'c', 'd', 'e')).toBe(
    '5 uploads were interrupted: choose a, b, c and 2 more again to go on where they stopped.',
  );
});
