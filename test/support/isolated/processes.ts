import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** Whether a process runs; one that has ended but whose parent has not asked is over as well. */
export async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
  const state = stat.slice(stat.lastIndexOf(')') + 2)[0];
  return state !== undefined && state !== 'Z' && state !== 'X';
}

/** Those of the processes that still run; asks for up to 10 s before it says so. */
export async function survivorsOf(pids: number[]): Promise<number[]> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const running = await Promise.all(pids.map(isRunning));
    const survivors = pids.filter((_pid, index) => running[index]);
    if (survivors.length === 0 || Date.now() > deadline) return survivors;
    await sleep(20);
  }
}

/** Ids of the running processes whose command line mentions `text`. */
export async function processesMentioning(text: string): Promise<number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const lines = await Promise.all(ids.map((id) => readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '')));
  return ids.filter((_id, index) => lines[index]?.includes(text));
}
