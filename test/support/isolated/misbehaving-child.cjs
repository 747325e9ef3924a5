// A decoder gone wrong in every way that was seen, for the tests of run-isolated.ts. Plain JavaScript, as Node runs no
// TypeScript in a child; serve-job is the built one, as in production.
const { spawn } = require('node:child_process');
const { connect } = require('node:net');
const { serveJob, UndecodableInput } = require('../../../dist/libs/platform/src/media/isolated/serve-job.js');

const forever = () => new Promise(() => setInterval(() => undefined, 1000));

const behaviours = {
  answer: ({ value }) => value,
  hang: forever,
  spin: () => {
    for (;;);
  },
  eatNativeMemory: () => {
    const eaten = [];
    for (;;) eaten.push(Buffer.alloc(16 * 1024 * 1024, 1));
  },
  eatHeap: () => {
    const eaten = [];
    for (;;) eaten.push({ text: `${eaten.length}`.repeat(20) });
  },
  segfault: () => {
    process.kill(process.pid, 'SIGSEGV');
    return forever();
  },
  exit: () => process.exit(3),
  throwError: () => {
    throw new Error('a bug');
  },
  refuse: () => {
    throw new UndecodableInput('The file is broken.');
  },
  environment: () => Object.keys(process.env),
  connect: ({ port }) =>
    new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port });
      socket.once('connect', () => resolve('connected'));
      socket.once('error', (error) => resolve(error.code));
    }),
  /** Leaves a process of its own behind, and tells its id. */
  abandonGrandchild: () => spawn('/bin/sleep', ['600'], { stdio: 'inherit' }).pid,
  hangWithGrandchild: async ({ pidFile }) => {
    const { pid } = spawn('/bin/sleep', ['600'], { stdio: 'inherit' });
    require('node:fs').writeFileSync(pidFile, `${process.pid} ${pid}`);
    return forever();
  },
};

serveJob(async (job) => behaviours[job.behaviour](job));
