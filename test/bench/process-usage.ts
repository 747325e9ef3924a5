import { readFileSync } from 'node:fs';

/** Linux counts in ticks of 10 ms on every architecture that Node runs on; proc_pid_stat(5). */
const TICKS_PER_SECOND = 100;
const KIB_PER_MB = 1024;

/**
 * Seconds of CPU that a process has taken, user and system, with those of its children that have ended. Unlike the
 * time of the clock it says nothing of what else the machine was doing.
 */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The command in parentheses may hold spaces; utime is the 14th field, cstime the 17th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return ticks / TICKS_PER_SECOND;
}

/** Memory that is in RAM, in MB of 2^20 bytes. */
export function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / KIB_PER_MB;
}

/** The same of a process with one thread, to the nanosecond: for work that a tick is too coarse for. */
export function threadSeconds(pid: number): number {
  const [nanoseconds] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
  return Number(nanoseconds) / 1e9;
}
