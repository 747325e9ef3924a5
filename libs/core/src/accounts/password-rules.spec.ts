import { assertGoodPassword } from './password-rules';

const owner = { email: 'ada.lovelace@example.com', name: 'Ada Lovelace' };

interface Fault {
  code: string;
  errors: { field: string; message: string }[];
}

function faultOf(password: string): Fault | undefined {
  try {
    assertGoodPassword(password, { field: 'new_password', owner });
    return undefined;
  } catch (error) {
    return error as Fault;
  }
}

test.each([
  'correct horse',
  'nur kleine buchstaben',
  '8 Zeichn',
  'пароль длинный',
  'a'.repeat(250) + 'bcdefg',
  '🐎🐎🐎🔋🔋📎🧷🪝',
])('%j will do', (password) => expect(faultOf(password)).toBeUndefined());

test.each([
  ['7 chars', 'must have at least 8 characters'],
  ['🐎🔋📎🧷', 'must have at least 8 characters'],
  ['x1y2'.repeat(65), 'must have at most 256 characters'],
  ['aaaaaaaaaaaa', 'must have more different characters'],
  ['password', 'is one of the most common'],
  ['PassWord123!', 'is one of the most common'],
  ['1qaz2wsx', 'is one of the most common'],
  ['ada.lovelace@example.com', 'must not be your name'],
  ['Ada Lovelace', 'must not be your name'],
  ['AdaLovelace1815', 'must not be your name'],
  ['ada.lovelace!', 'must not be your name'],
])('%j: %s', (password, message) => {
  expect(faultOf(password)).toMatchObject({
    code: 'invalid_request',
    errors: [{ field: 'new_password', message: expect.stringContaining(message) as string }],
  });
});

test('a name of digits refuses no other digits', () => {
  expect(() =>
    assertGoodPassword('84029174', { field: 'password', owner: { email: '42@example.com', name: '007' } }),
  ).not.toThrow();
});
