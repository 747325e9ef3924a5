import { standingOf } from './asset-standing';

const now = new Date(2026, 10, 21);
const fine = { status: 'Published', withheld: null, expires_at: null, review_reason: null } as const;

describe('how it stands with a file', () => {
  it('needs no word of explanation while nothing is wrong', () => {
    expect(standingOf(fine, now)).toEqual({ text: 'Published', tone: 'settled', why: null });
    expect(standingOf({ ...fine, status: 'Processing' }, now)).toMatchObject({ tone: 'moving', why: null });
  });

  it('tells why it was rejected, to whom that is told', () => {
    const file = { ...fine, status: 'Rejected', review_reason: 'blurred' } as const;
    expect(standingOf(file, now).why).toBe('A review has rejected this file: blurred');
    expect(standingOf({ ...fine, withheld: 'rejected' }, now)).toMatchObject({ text: 'Rejected' });
  });

  it('tells a reviewer something else than somebody who has to wait', () => {
    expect(standingOf({ ...fine, status: 'In Review' }, now).why).toMatch(/once it is published/);
    expect(standingOf({ ...fine, status: 'In Review', withheld: 'in_review' }, now).why).toMatch(
      /before you/,
    );
  });

  it('holds malware for more serious than a review', () => {
    expect(standingOf({ ...fine, status: 'In Review', withheld: 'infected' }, now).text).toBe('Infected');
  });

  it('says that its time is over also to those who still see it', () => {
    const past = new Date(2026, 10, 20).toISOString();
    expect(standingOf({ ...fine, expires_at: past }, now).text).toBe('Expired');
  });
});
