import { decodeCursor, encodeCursor, toPage } from './page';

const row = (n: number) => ({ id: `AST-${n}`, createdAt: new Date(Date.UTC(2026, 0, 1, 0, 0, n, 123)) });

test('a cursor comes back as it went out', () => {
  expect(decodeCursor(encodeCursor(row(7)))).toEqual(row(7));
});

test.each([
  '',
  'x',
  Buffer.from('2026-99-99T00:00:00.000Z AST-1').toString('base64url'),
  '%00',
  'A'.repeat(2000),
])('the invented cursor %j is refused', (text) => {
  expect(() => decodeCursor(text)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
});

test('the last page has no next cursor', () => {
  expect(toPage([row(2), row(1)], 2)).toEqual({ rows: [row(2), row(1)], nextCursor: null });
});

test('a page that is cut points at its last row', () => {
  const page = toPage([row(3), row(2), row(1)], 2);
  expect(page.rows).toHaveLength(2);
  expect(decodeCursor(page.nextCursor ?? '')).toEqual(row(2));
});
