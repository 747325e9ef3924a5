import 'reflect-metadata';
import { loadConfig, type Config } from '@slipway/platform/config/config';
import { explain } from './explain';
import { InterruptedError, RunningParts } from './running-parts';
import { startStandalone } from './start-standalone';
import { onStopSignal } from './stop-signals';

const STOP_PATIENCE_MS = 20_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** Closes everything, then ends the process, however that went. */
async function end(parts: RunningParts, code: number): Promise<never> {
  const timer = setTimeout(() => {
    complain(
      `Not everything stopped within ${STOP_PATIENCE_MS / 1000} s; the next start repairs what is left.`,
    );
    process.exit(1);
  }, STOP_PATIENCE_MS);
  try {
    await parts.close();
  } catch (error) {
    complain(explain(error, null));
    process.exit(1);
  }
  clearTimeout(timer);
  process.exit(code);
}

function greet(url: string, { dataDir }: Config): void {
  say('');
  say(`  Slipway is ready: ${url}`);
  say('  Sign in:          create an account there; whoever has one signs in with it');
  say(`  Data:             ${dataDir}`);
  say('  Stop:             Ctrl-C');
  say('');
}

async function main(parts: RunningParts): Promise<void> {
  let config: Config | null = null;
  try {
    config = loadConfig(process.env);
    const { url, databaseEnded } = await startStandalone(config, parts);
    greet(url, config);
    await databaseEnded;
    if (parts.isClosing) return;
    complain('The embedded database ended by itself; see server.log in its folder. Start again to recover.');
    await end(parts, 1);
  } catch (error) {
    // The signal that interrupted the start also ends the process.
    if (error instanceof InterruptedError) return;
    complain(explain(error, config));
    await end(parts, 1);
  }
}

// Whoever read the output may be gone first, as with `npm start | tee log` at Ctrl-C: that must not cut the stop short.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const parts = new RunningParts();
onStopSignal(() => {
  say('Stopping …');
  void end(parts, 0);
});
void main(parts);
