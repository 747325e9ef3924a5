import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { InputTooLarge, withPrivateFile } from './private-file';

test('the file holds the bytes, is readable by this user only, and goes with the work', async () => {
  const file = await withPrivateFile(
    Readable.from([Buffer.from('ab'), Buffer.from('cd')]),
    { maxBytes: 4 },
    async (path) => {
      expect(await readFile(path, 'utf8')).toBe('abcd');
      expect((await stat(path)).mode & 0o077).toBe(0);
      expect((await stat(dirname(path))).mode & 0o077).toBe(0);
      return path;
    },
  );
  expect(existsSync(dirname(file))).toBe(false);
});

test('the file goes when the work fails', async () => {
  let folder = '';
  const work = withPrivateFile(Readable.from([Buffer.from('a')]), { maxBytes: 1 }, (path) => {
    folder = dirname(path);
    return Promise.reject(new Error('broken'));
  });
  await expect(work).rejects.toThrow('broken');
  expect(existsSync(folder)).toBe(false);
});

test('one byte too many is refused before the work begins, and the source is let go', async () => {
  const source = Readable.from([Buffer.from('abc'), Buffer.from('de')]);
  const use = jest.fn();
  await expect(withPrivateFile(source, { maxBytes: 4 }, use)).rejects.toThrow(InputTooLarge);
  expect(use).not.toHaveBeenCalled();
  expect(source.destroyed).toBe(true);
});

test('a source that breaks off is told, not taken for the whole file', async () => {
  const source = Readable.from(
    (async function* () {
      yield Buffer.from('ab');
      throw new Error('connection reset');
    })(),
  );
  await expect(withPrivateFile(source, { maxBytes: 10 }, () => Promise.resolve())).rejects.toThrow(
    'connection reset',
  );
});

test('a source that breaks before the copying begins is told, and ends nothing else', async () => {
  const source = new Readable({ read: () => undefined });
  const copying = withPrivateFile(source, { maxBytes: 10 }, () => Promise.resolve());
  source.destroy(new Error('connection reset'));
  await expect(copying).rejects.toThrow('connection reset');
});

test('an abort ends the copying', async () => {
  const abort = new AbortController();
  const endless = new Readable({ read: () => undefined });
  const copying = withPrivateFile(endless, { maxBytes: 10, signal: abort.signal }, () => Promise.resolve());
  abort.abort();
  await expect(copying).rejects.toMatchObject({ name: 'AbortError' });
  expect(endless.destroyed).toBe(true);
});
