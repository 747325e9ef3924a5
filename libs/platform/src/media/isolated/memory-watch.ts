import { readFile } from 'node:fs/promises';

const EVERY_MS = 50;

/**
 * Calls `exceeded` once the resident memory of a process passes `limit` bytes: shared and file-backed pages count here
 * and escape the kernel's limit on the data segment. Linux only; elsewhere it watches nothing. Returns the stop.
 */
export function watchMemory(pid: number, limit: number, exceeded: () => void): () => void {
  if (process.platform !== 'linux') return () => undefined;
  let watching = true;
  const check = async () => {
    const bytes = await residentMemory(pid);
    if (watching && bytes > limit) exceeded();
  };
  const timer = setInterval(() => void check(), EVERY_MS);
  return () => {
    watching = false;
    clearInterval(timer);
  };
}

/** Bytes; 0 for a process that has ended. */
async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => '');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}
