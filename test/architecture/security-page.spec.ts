import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

test('every test that docs/SECURITY.md names is there', () => {
  const page = readFileSync(join(ROOT, 'docs/SECURITY.md'), 'utf8');
  const named = [...page.matchAll(/`((?:test|libs|apps)\/[^`]+)`/g)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});
