// `npm run bench:before -- <commit>`: builds that commit in a work tree of its own, then measures its calls and those of
// this one in turns, each on the packages of its own lockfile.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './build-stages.mjs';

const [commit] = process.argv.slice(2);
if (commit === undefined) throw new Error('Usage: npm run bench:before -- <commit>');

const run = (command, args, options = {}) =>
  execFileSync(command, args, { cwd: ROOT, stdio: 'inherit', ...options });

const folder = mkdtempSync(join(tmpdir(), 'slipway-before-'));
run('git', ['worktree', 'add', '--detach', '--force', folder, commit]);
try {
  run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder });
  run(process.execPath, ['scripts/build.mjs', 'server'], { cwd: folder });
  const env = { ...process.env, BENCH_BEFORE: folder, BENCH_BEFORE_NAME: commit };
  run(process.execPath, ['scripts/bench.mjs', 'before and after'], { env });
} finally {
  run('git', ['worktree', 'remove', '--force', folder]);
  rmSync(folder, { recursive: true, force: true });
}
