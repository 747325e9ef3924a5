import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTestFolder } from '../../../test/support/test-folder';
import { loadSecrets } from './secrets';

let folder: Awaited<ReturnType<typeof makeTestFolder>>;

beforeEach(async () => {
  folder = await makeTestFolder('secrets');
});
afterEach(() => folder.remove());

const file = () => join(folder.path, 'secrets.json');

test('secrets are made once, each its own, for their owner only', async () => {
  const secrets = await loadSecrets(folder.path);
  expect(new Set(Object.values(secrets)).size).toBe(7);
  expect((await stat(file())).mode & 0o777).toBe(0o600);
  expect(await loadSecrets(folder.path)).toEqual(secrets);
});

test('those of an older version are kept, and completed', async () => {
  const older = { jwtSecret: 'a', storageAccessKeyId: 'b', storageSecretAccessKey: 'c' };
  await writeFile(file(), JSON.stringify(older));
  const secrets = await loadSecrets(folder.path);
  expect(secrets).toMatchObject(older);
  expect(secrets.uploadAccessKeyId).toMatch(/^SLIPWAY[0-9A-F]{12}$/);
  expect(JSON.parse(await readFile(file(), 'utf8'))).toEqual(secrets);
});

test.each(['', '{', 'null', '{}', '{"jwtSecret":5}'])(
  '%j is damage, and is not overwritten',
  async (text) => {
    await writeFile(file(), text);
    await expect(loadSecrets(folder.path)).rejects.toThrow('damaged');
    expect(await readFile(file(), 'utf8')).toBe(text);
  },
);
