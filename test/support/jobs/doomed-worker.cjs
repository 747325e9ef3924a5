// A worker of the built product that takes a job, tells that it did, and never ends it, until it is killed.
const pino = require('pino');
const { JOB_NAMES } = require('../../../dist/libs/platform/src/jobs/job-registry.js');
const { startJobRunner } = require('../../../dist/libs/platform/src/jobs/runner.js');

const hang = () =>
  new Promise(() => {
    process.stdout.write('took the job\n');
  });

void startJobRunner({
  databaseUrl: process.argv[2],
  handlers: Object.fromEntries(JOB_NAMES.map((name) => [name, hang])),
  concurrency: 1,
  logger: pino({ level: 'silent' }),
});
