import { Slots } from './slots';

/** A task that runs until it is told to end. */
function manualTask() {
  let end: () => void = () => undefined;
  let started = false;
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = () => {
    started = true;
    return done;
  };
  return { run, end: () => end(), hasStarted: () => started };
}

/** Lets every promise that can settle do so. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('no more tasks run than there are slots, and the next starts when one ends', async () => {
  const slots = new Slots(2);
  const tasks = [manualTask(), manualTask(), manualTask()];
  const runs = tasks.map(({ run }) => slots.use(run));
  await settle();
  expect(tasks.map((task) => task.hasStarted())).toEqual([true, true, false]);
  tasks[1]?.end();
  await settle();
  expect(tasks[2]?.hasStarted()).toBe(true);
  tasks.forEach((task) => task.end());
  await Promise.all(runs);
});

test('a task that fails gives its slot back', async () => {
  const slots = new Slots(1);
  await expect(slots.use(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  await expect(slots.use(() => Promise.resolve('next'))).resolves.toBe('next');
});

test('a task that is aborted while it waits never starts and leaves the others their turn', async () => {
  const slots = new Slots(1);
  const [first, second, third] = [manualTask(), manualTask(), manualTask()];
  const abort = new AbortController();
  const firstRun = slots.use(first.run);
  const secondRun = slots.use(second.run, abort.signal);
  const thirdRun = slots.use(third.run);
  abort.abort(new Error('shutting down'));
  await expect(secondRun).rejects.toThrow('shutting down');
  first.end();
  await firstRun;
  await settle();
  expect([second.hasStarted(), third.hasStarted()]).toEqual([false, true]);
  third.end();
  await thirdRun;
});

test('a signal that has aborted before keeps the task from starting', async () => {
  const task = manualTask();
  await expect(new Slots(1).use(task.run, AbortSignal.abort(new Error('over')))).rejects.toThrow('over');
  expect(task.hasStarted()).toBe(false);
});
