// `npm test`: every check there is, one line for each, and at the end how many passed, failed and were skipped.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './build-stages.mjs';
import { findChromium } from './find-chromium.mjs';
import { runRoom } from './jest-room.mjs';

const inModules = (path) => join(ROOT, 'node_modules', path);
const FORMATTED = ['apps', 'libs', 'test', 'scripts', 'jest.config.cjs', '.dependency-cruiser.cjs'];

const CHECKS = [
  ['format', [inModules('oxfmt/bin/oxfmt'), '--check', ...FORMATTED], 'run: npm run format'],
  ['lint', [inModules('oxlint/bin/oxlint'), '--type-aware', 'apps', 'libs', 'test', 'scripts']],
  ['import directions', [inModules('dependency-cruiser/bin/dependency-cruise.mjs'), 'apps', 'libs', 'test']],
  ['types', [join(ROOT, 'scripts/typecheck.mjs')]],
  ['build', [join(ROOT, 'scripts/build.mjs')]],
];

const ROOMS = ['unit', 'architecture', 'integration', 'contract', 'http', 'acceptance', 'browser', 'faults'];

const say = (line) => process.stdout.write(`${line}\n`);

function runCheck([name, command, advice]) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { cwd: ROOT });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => {
      const passed = code === 0;
      const failureMessages = passed ? [] : [[output.trim(), advice].filter(Boolean).join('\n')];
      resolve([{ name, status: passed ? 'passed' : 'failed', failureMessages }]);
    });
  });
}

const isSkipped = ({ status }) => status !== 'passed' && status !== 'failed';

function count(entries) {
  return {
    passed: entries.filter(({ status }) => status === 'passed').length,
    failed: entries.filter(({ status }) => status === 'failed').length,
    skipped: entries.filter(isSkipped).length,
  };
}

function summary({ passed, failed, skipped }) {
  const told = `${passed} passed, ${failed} failed`;
  return skipped > 0 ? `${told}, ${skipped} skipped` : told;
}

async function stage(name, run) {
  const begin = Date.now();
  const entries = await run();
  const seconds = ((Date.now() - begin) / 1000).toFixed(1);
  say(`${count(entries).failed === 0 ? '✓' : '✗'} ${name}: ${summary(count(entries))} (${seconds} s)`);
  for (const entry of entries.filter(({ status }) => status === 'failed')) {
    say(`\n● ${entry.name}\n${entry.failureMessages.join('\n')}\n`);
  }
  return entries;
}

function browserOrProblem(env) {
  const { path, problem } = findChromium();
  if (path) return runRoom('browser', { ...env, CHROMIUM_PATH: path });
  return [{ name: 'browser: there is none', status: 'failed', failureMessages: [problem] }];
}

const env = { ...process.env, FORCE_COLOR: '0' };
const entries = [];
for (const check of CHECKS) entries.push(...(await stage(check[0], () => runCheck(check))));
for (const room of ROOMS) {
  const run = room === 'browser' ? () => browserOrProblem(env) : () => runRoom(room, env);
  entries.push(...(await stage(room, run)));
}
for (const { name } of entries.filter(isSkipped)) say(`skipped: ${name}`);
const total = count(entries);
say(summary(total));
process.exitCode = total.failed === 0 ? 0 : 1;
