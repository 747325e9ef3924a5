import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProcessOptions {
  /** All the process sees besides PATH, HOME and the temporary folder: nothing of the developer's own settings. */
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Arguments after the script. */
  args?: string[];
  /** Another account; only root may choose one. */
  uid?: number;
  gid?: number;
}

export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

const ROOT = join(__dirname, '../..');
/** The bench runs compiled, from `dist` itself. */
const DIST = basename(ROOT) === 'dist' ? ROOT : join(ROOT, 'dist');
const PATIENCE_MS = 30_000;

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A process of the product as it was built, with all it has printed. */
export class TestProcess {
  private text = '';
  private readonly ended: Promise<Exit>;

  constructor(private readonly child: ChildProcess) {
    running.add(child);
    const collect = (chunk: Buffer): void => void (this.text += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    // `close` comes after `exit`, when the last of the output has been read.
    this.ended = once(child, 'close').then(([code, signal]) => {
      running.delete(child);
      return { code, signal };
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Standard output and standard error, as they came. */
  get output(): string {
    return this.text;
  }

  /** Resolves when the process and whatever else writes to its output have ended. */
  get exited(): Promise<Exit> {
    return this.ended;
  }

  /** Resolves to the match. Fails when the process ends before, with all it said. */
  async untilOutput(pattern: RegExp): Promise<RegExpExecArray> {
    return this.until(() => pattern.exec(this.text), `print ${pattern}`);
  }

  /** Resolves when `GET <url>/api/health/ready` answers 200. */
  async untilReady(url: string): Promise<void> {
    const ask = (): Promise<true | null> =>
      fetch(new URL('/api/health/ready', url)).then(
        (response) => (response.ok ? true : null),
        () => null,
      );
    await this.until(ask, `be ready at ${url}`);
  }

  /** As the power switch does: nothing of the process runs any more. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** As a supervisor or Ctrl-C does; killed when it does not end in time, which the test sees by the signal. */
  async stop(signal: 'SIGTERM' | 'SIGINT' = 'SIGTERM'): Promise<Exit> {
    this.child.kill(signal);
    const timer = setTimeout(() => this.child.kill('SIGKILL'), PATIENCE_MS);
    const exit = await this.ended;
    clearTimeout(timer);
    return exit;
  }

  private async until<Found>(look: () => Found | null | Promise<Found | null>, what: string): Promise<Found> {
    const deadline = Date.now() + PATIENCE_MS;
    while (Date.now() < deadline) {
      const found = await look();
      if (found !== null) return found;
      if (this.child.exitCode !== null || this.child.signalCode !== null) {
        await this.ended;
        throw new Error(`The process ended (${this.child.exitCode}) and did not ${what}:\n${this.text}`);
      }
      await sleep(20);
    }
    throw new Error(`The process did not ${what} within ${PATIENCE_MS} ms:\n${this.text}`);
  }
}

function scriptIn(path: string): string {
  const script = join(DIST, path);
  if (existsSync(script)) return script;
  throw new Error(`${script} is missing; run: npm run build`);
}

/** Starts a compiled script, such as `apps/api/src/main.js`. */
export function startProcess(path: string, options: ProcessOptions = {}): TestProcess {
  return startNode([scriptIn(path), ...(options.args ?? [])], options);
}

/** Runs `code` with `dist` as the place that its `require` starts from. */
export function startCode(code: string, options: ProcessOptions = {}): TestProcess {
  const start = `require = require('node:module').createRequire(${JSON.stringify(join(DIST, 'code.js'))});`;
  return startNode(['-e', `${start}\n${code}`], options);
}

function startNode(args: string[], options: ProcessOptions): TestProcess {
  return startProgram(process.execPath, args, options);
}

/** Starts a program such as `npm`, at the top of the repository unless told otherwise. */
export function startProgram(
  program: string,
  args: string[],
  { env, cwd = ROOT, uid, gid }: ProcessOptions = {},
): TestProcess {
  const child = spawn(program, args, {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], TMPDIR: process.env['TMPDIR'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid }),
  });
  return new TestProcess(child);
}
