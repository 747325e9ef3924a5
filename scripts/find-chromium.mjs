// The browser for the browser tests: the one named by CHROMIUM_PATH, one of the system's, Playwright's own, or else
// Playwright's own after installing it.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { ROOT } from './build-stages.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ON_A_MAC = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const HOW_TO = 'install one (Debian: apt-get install chromium) or name one in CHROMIUM_PATH';

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function ofPlaywright() {
  const { chromium } = createRequire(import.meta.url)('playwright-core');
  const path = chromium.executablePath();
  return isProgram(path) ? path : null;
}

function installed() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...candidates, ...ON_A_MAC].find(isProgram) ?? ofPlaywright();
}

function install() {
  const cli = join(ROOT, 'node_modules/playwright-core/cli.js');
  const { status, stderr } = spawnSync(process.execPath, [cli, 'install', 'chromium'], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 300_000,
  });
  return status === 0 ? null : (stderr ?? '').trim().split('\n').at(-1) || 'it did not end in time';
}

/** Either the path of a browser or why there is none and what to do. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named)
    return isProgram(named)
      ? { path: named }
      : { problem: `CHROMIUM_PATH is ${named}, which is no program; ${HOW_TO}` };
  const found = installed();
  if (found) return { path: found };
  const failure = install();
  const path = ofPlaywright();
  return path ? { path } : { problem: `no Chromium here, and installing one failed (${failure}); ${HOW_TO}` };
}
