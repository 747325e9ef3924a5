import { interruptible } from '../../client/interruptible.js';

type Release = () => void;

/** Holds the name until it is released, which happens by itself when the page goes away. `onWait`: somebody else has it. */
export async function holdLock(name: string, signal: AbortSignal, onWait: () => void): Promise<Release> {
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  if (!locks) return holdHere(name, signal, onWait);
  const free = await ask(locks, name, { ifAvailable: true });
  if (free) return free;
  onWait();
  const turn = ask(locks, name, { signal });
  try {
    return (await interruptible(signal, () => turn)) as Release;
  } catch (error) {
    turn.then((release) => release?.(), ignore);
    throw error;
  }
}

/** Null when it is not to be had at once. */
function ask(locks: LockManager, name: string, options: LockOptions): Promise<Release | null> {
  return new Promise((resolve, reject) => {
    const hold = (lock: Lock | null) =>
      new Promise<void>((release) => {
        resolve(lock && release);
        if (!lock) release();
      });
    locks.request(name, options, hold).catch(reject);
  });
}

const held = new Map<string, Promise<void>>();

/** Pages without https and Node have no Web Locks; within one of them at least nothing is sent twice. */
async function holdHere(name: string, signal: AbortSignal, onWait: () => void): Promise<Release> {
  for (let holder = held.get(name); holder; holder = held.get(name)) {
    const other = holder;
    onWait();
    await interruptible(signal, () => other);
  }
  let release = ignore;
  const ended = new Promise<void>((resolve) => (release = resolve));
  held.set(name, ended);
  return () => {
    if (held.get(name) === ended) held.delete(name);
    release();
  };
}

const ignore = (): void => {};
