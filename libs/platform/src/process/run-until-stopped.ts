/** What of `process` is needed. */
interface Host {
  once(signal: NodeJS.Signals, stop: () => void): unknown;
  exit(code: number): never;
  stderr: { write(line: string): unknown };
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * Runs one part as a process of its own: closes it at the first signal, and ends. What stood in the way of the start or
 * of the close is told in a line, with exit code 1.
 */
export async function runUntilStopped(
  start: () => Promise<{ close(): Promise<void> }>,
  host: Host = process,
): Promise<void> {
  const fail = (error: unknown): never => {
    host.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return host.exit(1);
  };
  try {
    const part = await start();
    let closing: Promise<void> | undefined;
    const stop = () => void (closing ??= part.close().then(() => host.exit(0), fail));
    for (const signal of SIGNALS) host.once(signal, stop);
  } catch (error) {
    fail(error);
  }
}
