// Runs one jest project ("room") and tells what came of it.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './build-stages.mjs';

/** Tests are over when the report is written; what still runs then is a leak, and must not hang the whole run. */
const LEAK_PATIENCE_MS = 10_000;

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

async function untilEnded(child, file) {
  const ended = new Promise((resolve) => child.on('close', () => resolve(true)));
  const reported = (async () => {
    while (child.exitCode === null && readReport(file) === null) await sleep(200);
    await sleep(LEAK_PATIENCE_MS, undefined, { ref: false });
    return false;
  })();
  const clean = await Promise.race([ended, reported]);
  if (clean) return true;
  child.kill('SIGKILL');
  await ended;
  return false;
}

/** A test's full name, and why it failed or that it did not run. */
function entriesOf(report, room) {
  const tests = report.testResults.flatMap((file) =>
    file.assertionResults.map(({ fullName, status, failureMessages }) => ({
      name: `${room}: ${fullName}`,
      status,
      failureMessages,
    })),
  );
  // A file that does not even load has no tests to fail.
  const broken = report.testResults
    .filter(
      ({ assertionResults, status }) =>
        status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
    )
    .map(({ name, message }) => ({
      name: `${room}: ${name.slice(ROOT.length)}`,
      status: 'failed',
      failureMessages: [message],
    }));
  return [...tests, ...broken];
}

const failed = (name, message) => ({ name, status: 'failed', failureMessages: [message] });

/** A list of `{name, status, failureMessages}`, with status `passed`, `failed`, or `pending` and `todo` for skipped. */
export async function runRoom(room, env) {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-report-'));
  const file = join(folder, 'report.json');
  const args = [
    join(ROOT, 'node_modules/jest/bin/jest.js'),
    '--selectProjects',
    room,
    '--json',
    '--outputFile',
    file,
  ];
  const child = spawn(process.execPath, [...args, '--ci'], { cwd: ROOT, env });
  let output = '';
  child.stdout.resume();
  child.stderr.on('data', (chunk) => (output += chunk));
  const clean = await untilEnded(child, file);
  const report = readReport(file);
  rmSync(folder, { recursive: true, force: true });
  if (report === null) return [failed(`${room}: did not run`, output)];
  const entries = entriesOf(report, room);
  if (entries.length === 0) entries.push(failed(`${room}: has no tests`, output));
  if (!clean)
    entries.push(failed(`${room}: left something running after its last test`, output.slice(-2_000)));
  return entries;
}
