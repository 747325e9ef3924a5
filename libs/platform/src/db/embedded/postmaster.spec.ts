import { parsePostmasterFile } from './postmaster';

describe('The lock file of a running server', () => {
  it('tells process, port and state', () => {
    const text = '4711\n/data\n1764547200\n5433\n\n127.0.0.1\n  1048577   4\nready   \n';
    expect(parsePostmasterFile(text)).toEqual({ pid: 4711, port: 5433, status: 'ready' });
  });

  it('has no state yet while the server starts', () => {
    expect(parsePostmasterFile('4711\n/data\n1764547200\n5433\n')).toEqual({
      pid: 4711,
      port: 5433,
      status: '',
    });
  });

  it.each(['', '\n', 'pid\n', '-4711\n'])('is not one when it holds %j', (text) => {
    expect(parsePostmasterFile(text)).toBeNull();
  });
});
