// npm hands signals to the shell between itself and us, which dies of them and leaves us running, with the ports and
// the data folder taken. So whoever is started by npm ends with npm, by whatever npm was ended.
import { readFileSync } from 'node:fs';

const INTERVAL_MS = 300;
const SHELLS = new Set(['sh', 'dash', 'bash', 'ash', 'zsh']);

function parentOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const [, name] = /^Name:\s*(.+)$/m.exec(status) ?? [];
  const [, parent] = /^PPid:\s*(\d+)$/m.exec(status) ?? [];
  return { name, parent: Number(parent) };
}

/** Our parent, or the parent of the shell; other systems' shells make way for their last command. */
function npmProcess() {
  if (process.platform !== 'linux') return process.ppid;
  const { name, parent } = parentOf(process.ppid);
  return SHELLS.has(name) ? parent : process.ppid;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}

export function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const npm = npmProcess();
  const timer = setInterval(() => {
    if (isAlive(npm)) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, INTERVAL_MS);
  timer.unref();
}
