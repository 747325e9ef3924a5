import { hashPassword, passwordMatches } from '@slipway/core/accounts/password';
import { type BenchRow, median } from './bench-row';

interface Setting {
  memoryKib: number;
  passes: number;
  why: string;
}

const MIB = 1024;

/** The five of the OWASP cheat sheet cost an attacker about the same; then what RFC 9106 §4 names second. */
const SETTINGS: Setting[] = [
  { memoryKib: 46 * MIB, passes: 1, why: 'OWASP' },
  { memoryKib: 19 * MIB, passes: 2, why: 'OWASP, the default' },
  { memoryKib: 12 * MIB, passes: 3, why: 'OWASP' },
  { memoryKib: 9 * MIB, passes: 4, why: 'OWASP' },
  { memoryKib: 7 * MIB, passes: 5, why: 'OWASP' },
  { memoryKib: 64 * MIB, passes: 3, why: 'RFC 9106, with one lane' },
];

const ROUNDS = 15;
const PASSWORD = 'correct horse';

/** CPU milliseconds of one check, as each sign-in makes it. */
async function costOf({ memoryKib, passes }: Setting): Promise<number> {
  const stored = await hashPassword(PASSWORD, { memoryKib, passes });
  const figures: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = process.cpuUsage();
    await passwordMatches(stored, PASSWORD, { memoryKib, passes });
    const { user, system } = process.cpuUsage(before);
    figures.push((user + system) / 1000);
  }
  return median(figures);
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** What a password costs on this machine, for choosing PASSWORD_MEMORY_KIB and PASSWORD_PASSES. */
export async function benchPasswords(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const setting of SETTINGS) {
    const { memoryKib, passes, why } = setting;
    rows.push({
      name: `a password checked: ${memoryKib} KiB, ${passes} × (${why})`,
      value: rounded(await costOf(setting)),
      unit: 'CPU ms',
    });
  }
  return rows;
}
