import { areNone } from '../../ui/form-faults';
import { checkLink, linkInputOf } from './check-link';

const now = new Date(2026, 10, 21, 12, 0);
const empty = { expires_at: '', password: '', max_downloads: '' };

describe('the form of a link', () => {
  it('may be left empty, and asks for a link without limits', () => {
    expect(areNone(checkLink(empty, now))).toBe(true);
    expect(linkInputOf(empty)).toEqual({ kind: 'link' });
  });

  it('takes the time as that of this device', () => {
    const values = { ...empty, expires_at: '2026-11-22T08:30' };
    expect(areNone(checkLink(values, now))).toBe(true);
    expect(linkInputOf(values)).toEqual({
      kind: 'link',
      expires_at: new Date(2026, 10, 22, 8, 30).toISOString(),
    });
  });

  it.each(['2026-11-21T11:59', '2020-01-01T00:00'])('refuses %s, which is over', (expires_at) => {
    expect(checkLink({ ...empty, expires_at }, now).fields).toHaveProperty('expires_at');
  });

  it.each(['0', '-1', '1.5', 'many'])('refuses %s downloads', (max_downloads) => {
    expect(checkLink({ ...empty, max_downloads }, now).fields).toHaveProperty('max_downloads');
  });

  it('refuses a password that is soon guessed', () => {
    expect(checkLink({ ...empty, password: 'quay' }, now).fields).toHaveProperty('password');
  });

  it('sends what is set', () => {
    expect(linkInputOf({ ...empty, password: 'quay', max_downloads: '3' })).toEqual({
      kind: 'link',
      password: 'quay',
      max_downloads: 3,
    });
  });
});
