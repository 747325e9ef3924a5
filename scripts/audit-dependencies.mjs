// Fails when the registry knows of a grave fault in what production runs. Not every registry can tell: one that has no
// place to ask is said to have none, and nothing fails.
import { spawn } from 'node:child_process';
import { ROOT } from './build-stages.mjs';

const GRAVE = new Set(['high', 'critical']);
/** Not there, not that way, not any more, not made: anything else is a failure to find out. */
const NO_SUCH_PLACE = new Set([400, 403, 404, 405, 410, 501]);

function askRegistry() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  return new Promise((resolve, reject) => {
    const child = spawn(npm, ['audit', '--omit=dev', '--json'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', () => resolve(output));
  });
}

function parsed(output) {
  try {
    return JSON.parse(output);
  } catch {
    return { message: 'npm audit said nothing that can be read' };
  }
}

/** The advisories themselves; a package that only depends on a faulty one names it by a word. */
function lineOf({ name, severity, via }) {
  const advisories = via.map((cause) =>
    typeof cause === 'string' ? `by ${cause}` : `${cause.title} ${cause.url}`,
  );
  return `  ${name} (${severity}): ${advisories.join('; ')}`;
}

function verdict(report) {
  if (report.vulnerabilities === undefined) {
    if (NO_SUCH_PLACE.has(report.statusCode))
      return { fails: false, text: `skipped: this registry cannot be asked (${report.statusCode})` };
    return { fails: true, text: `could not be asked: ${report.message ?? 'no reason given'}` };
  }
  const grave = Object.values(report.vulnerabilities).filter(({ severity }) => GRAVE.has(severity));
  if (grave.length === 0) return { fails: false, text: 'no grave fault is known' };
  return { fails: true, text: [`${grave.length} with a grave fault`, ...grave.map(lineOf)].join('\n') };
}

const { fails, text } = verdict(parsed(await askRegistry()));
process.stdout.write(`dependencies of production: ${text}\n`);
process.exitCode = fails ? 1 : 0;
