import { describeShare, isSpent } from './describe-share';

const now = new Date(2026, 10, 21, 12, 0);
const link = {
  kind: 'link',
  expires_at: null,
  max_downloads: null,
  downloads: 1,
  has_password: false,
  created_at: now.toISOString(),
} as const;

describe('a share in words', () => {
  it('counts downloads against their limit, where there is one', () => {
    expect(describeShare(link, now)).toBe('1 download · no end');
    expect(describeShare({ ...link, max_downloads: 3, has_password: true }, now)).toBe(
      '1 of 3 downloads · password · no end',
    );
  });

  it('says whether it has ended', () => {
    const before = new Date(2026, 10, 21, 11, 0).toISOString();
    expect(describeShare({ ...link, expires_at: before }, now)).toContain('ended');
    expect(isSpent({ ...link, expires_at: before }, now)).toBe(true);
    expect(isSpent({ ...link, max_downloads: 1 }, now)).toBe(true);
    expect(isSpent(link, now)).toBe(false);
  });

  it('counts no downloads of a person', () => {
    expect(describeShare({ ...link, kind: 'user' }, now)).toBe('no end');
  });
});
