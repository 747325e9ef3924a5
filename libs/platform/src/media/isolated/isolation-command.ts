import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { IsolationLimits } from './isolation-limits';

const run = promisify(execFile);

const PRLIMIT = '/usr/bin/prlimit';
const UNSHARE = '/usr/bin/unshare';

/** As root; as an ordinary user, where the kernel lets one have namespaces. */
const NETWORK_NAMESPACES = [['--net'], ['--map-root-user', '--net']];

/** No decoder writes files; a runaway one must not fill the disk. Bytes. */
const LARGEST_FILE = 64 * 1024 * 1024;

/** The command that starts `entry` under `limits`. Where Linux's own tools are missing, the parent's watch remains. */
export async function isolationCommand(
  entry: string,
  limits: IsolationLimits,
): Promise<[string, ...string[]]> {
  const node: [string, ...string[]] = [
    process.execPath,
    `--max-old-space-size=${limits.heapMebibytes}`,
    entry,
  ];
  return [...(await networkIsolation()), ...resourceLimits(limits), ...node] as [string, ...string[]];
}

/**
 * The data segment, not the address space: Node and WebAssembly reserve tens of gigabytes that they never touch.
 * The soft limit of the processor time comes first, since its SIGXCPU tells what happened.
 */
function resourceLimits(limits: IsolationLimits): string[] {
  if (!existsSync(PRLIMIT)) return [];
  return [
    PRLIMIT,
    `--data=${limits.memoryBytes}`,
    `--cpu=${limits.cpuSeconds}:${limits.cpuSeconds + 1}`,
    `--fsize=${LARGEST_FILE}`,
    '--core=0',
    '--nofile=256',
  ];
}

let foundNetworkIsolation: Promise<string[]> | undefined;

/** Probed once: containers and hardened kernels forbid it. */
function networkIsolation(): Promise<string[]> {
  foundNetworkIsolation ??= probeNetworkIsolation();
  return foundNetworkIsolation;
}

async function probeNetworkIsolation(): Promise<string[]> {
  if (!existsSync(UNSHARE)) return [];
  for (const flags of NETWORK_NAMESPACES) {
    const works = await run(UNSHARE, [...flags, '/bin/true'], { timeout: 5_000 }).then(
      () => true,
      () => false,
    );
    if (works) return [UNSHARE, ...flags];
  }
  return [];
}
