const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What a shell gives a program that Ctrl-C ended: 128 and the number of SIGINT. */
const INTERRUPTED = 130;

/** Calls `stop` at the first signal. A second one exits at once: whoever sends it does not want to wait. */
export function onStopSignal(stop: () => void): void {
  let asked = false;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (asked) process.exit(INTERRUPTED);
      asked = true;
      stop();
    });
  }
}
