import { type Attempts, decideAttempt, NO_ATTEMPTS, type Subject } from './login-attempts';

const START = new Date('2026-05-01T10:00:00Z');
const after = (seconds: number): Date => new Date(START.getTime() + seconds * 1000);
const fresh = (): Record<Subject, Attempts> => ({
  pair: NO_ATTEMPTS,
  account: NO_ATTEMPTS,
  block: NO_ATTEMPTS,
});

/** Fails as soon as it may, so many times; gives the waits in between, in seconds. */
function failTimes(
  times: number,
  known: Record<Subject, Attempts>,
  start = START,
): { waits: number[]; now: Date } {
  const waits: number[] = [];
  let now = start;
  for (let failed = 0; failed < times; failed += 1) {
    let decision = decideAttempt(known, now);
    if (!decision.allowed) {
      waits.push(decision.retryAfter);
      now = new Date(now.getTime() + decision.retryAfter * 1000);
      decision = decideAttempt(known, now);
    }
    if (!decision.allowed) throw new Error('told to come back too early');
    Object.assign(known, decision.next);
  }
  return { waits, now };
}

test('five failures are free; from then on waits double, up to a quarter of an hour', () => {
  expect(failTimes(13, fresh()).waits).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
});

test('a wait ends to the second', () => {
  const known = fresh();
  failTimes(5, known);
  expect(decideAttempt(known, after(29.999))).toEqual({ allowed: false, retryAfter: 1 });
  expect(decideAttempt(known, after(30))).toMatchObject({ allowed: true });
});

test('a pair forgets a failure an hour, and half a day of silence is a new start', () => {
  const known = fresh();
  failTimes(5, known);
  expect(decideAttempt(known, after(12 * 3600))).toMatchObject({
    allowed: true,
    next: { pair: { failures: 1 } },
  });
});

test('an address that is tried from everywhere waits, wherever the next try comes from', () => {
  const known = fresh();
  for (let n = 0; n < 100; n += 1) {
    failTimes(1, known);
    Object.assign(known, { pair: NO_ATTEMPTS, block: NO_ATTEMPTS });
  }
  expect(decideAttempt(known, START)).toEqual({ allowed: false, retryAfter: 30 });
});

test('a block that tries everybody waits, whomever it tries next', () => {
  const known = fresh();
  for (let n = 0; n < 100; n += 1) {
    failTimes(1, known);
    Object.assign(known, { pair: NO_ATTEMPTS, account: NO_ATTEMPTS });
  }
  expect(decideAttempt(known, START)).toEqual({ allowed: false, retryAfter: 30 });
});

describe('where somebody has signed in before', () => {
  const pair = { ...NO_ATTEMPTS, succeededAt: START };
  const locked = { ...NO_ATTEMPTS, failures: 900, lastFailedAt: START, lockedUntil: after(900) };

  test('they are let in, however much is guessed elsewhere and by their neighbours', () => {
    const decision = decideAttempt({ pair, account: locked, block: locked }, after(1));
    expect(decision).toMatchObject({ allowed: true, next: { pair: { failures: 1, succeededAt: START } } });
  });

  test('failures count against the pair alone, which waits like any other', () => {
    const known = { ...fresh(), pair };
    expect(failTimes(6, known).waits).toEqual([30]);
    expect([known.account, known.block]).toEqual([NO_ATTEMPTS, NO_ATTEMPTS]);
  });

  test('that is forgotten after a quarter of a year', () => {
    const known = { pair, account: { ...locked, lockedUntil: after(91 * 86_400) }, block: NO_ATTEMPTS };
    expect(decideAttempt(known, after(90 * 86_400))).toMatchObject({ allowed: false });
  });
});
