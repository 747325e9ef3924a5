import { AccessTokens } from '@slipway/api/http/access-tokens';
import { secretKeys } from '@slipway/core/accounts/signing-keys/secret-keys';
import { systemClock } from '@slipway/core/shared/clock';
import { type BenchRow, median } from './bench-row';

const CALLS = 1_000;
const ROUNDS = 5;

const options = {
  keys: secretKeys('a secret of a measurement, of 32 bytes', null),
  issuer: 'https://files.example.com',
  lifeSeconds: 1_800,
  clock: systemClock,
};

/** CPU microseconds of one call. */
async function costOf(call: (at: number) => Promise<unknown>): Promise<number> {
  const figures: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    for (let at = 0; at < CALLS; at += 1) await call(at + round * CALLS);
    const { user, system } = process.cpuUsage(before);
    figures.push((user + system) / CALLS);
  }
  return median(figures);
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** What looking at an access token costs each call: of a caller who comes again, against one who is new. */
export async function benchAccessTokens(): Promise<BenchRow[]> {
  const tokens = new AccessTokens(options);
  const issue = async (at: number): Promise<string> =>
    (await tokens.issue({ userId: `USR-${at}`, sessionId: `SES-${at}` })).accessToken;
  const fresh: string[] = [];
  for (let at = 0; at < CALLS * ROUNDS; at += 1) fresh.push(await issue(at));
  const first = rounded(await costOf((at) => tokens.verify(fresh[at] ?? '')));
  const again = rounded(await costOf(() => tokens.verify(fresh[0] ?? '')));
  return [
    {
      name: 'an access token verified again, against the first time',
      value: again,
      unit: 'CPU µs',
      baseline: `${first}`,
      ratio: again / first,
    },
  ];
}
