// Builds what has changed: `node scripts/build.mjs [server] [sdk] [dashboard]`, all three by default.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, STAGES } from './build-stages.mjs';

const IGNORED = /(^|\/)(node_modules|dist|testing)$|\.spec\.tsx?$/;

function* filesBelow(path) {
  if (IGNORED.test(path)) return;
  const full = join(ROOT, path);
  if (!statSync(full).isDirectory()) yield path;
  else for (const name of readdirSync(full).sort()) yield* filesBelow(`${path}/${name}`);
}

/** Changes with every file that is edited, added or removed. */
function fingerprint(sources) {
  const sum = createHash('sha256').update(process.version);
  for (const path of sources.flatMap((source) => [...filesBelow(source)])) {
    const { mtimeMs, size } = statSync(join(ROOT, path));
    sum.update(`${path} ${mtimeMs} ${size}\n`);
  }
  return sum.digest('hex');
}

function run({ command, folder }) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { cwd: join(ROOT, folder ?? '') });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('close', (code) => resolve({ code, output }));
  });
}

async function buildStage(stage) {
  const stamp = join(ROOT, 'dist/.stamps', stage.name);
  // Taken before the build: what is edited during it is built again next time.
  const current = fingerprint(stage.sources);
  const last = existsSync(stamp) ? readFileSync(stamp, 'utf8') : '';
  if (last === current && existsSync(join(ROOT, stage.output))) return true;
  const { code, output } = await run(stage);
  if (code !== 0) {
    process.stderr.write(`The build of the ${stage.name} failed:\n${output}\n`);
    return false;
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, current);
  return true;
}

/** False when a stage failed; what it said is on standard error. */
export async function build(names = STAGES.map(({ name }) => name)) {
  const wanted = STAGES.filter(({ name }) => names.includes(name));
  const results = await Promise.all(wanted.map(buildStage));
  return results.every(Boolean);
}

if (process.argv[1] === import.meta.filename) {
  const names = process.argv.slice(2);
  process.exitCode = (await build(names.length > 0 ? names : undefined)) ? 0 : 1;
}
