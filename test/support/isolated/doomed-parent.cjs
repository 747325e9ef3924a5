// Starts a hanging decoder and waits for it, until it is killed itself.
const path = require('node:path');
const { runIsolated } = require('../../../dist/libs/platform/src/media/isolated/run-isolated.js');

void runIsolated({
  entry: path.join(__dirname, 'misbehaving-child.cjs'),
  payload: { behaviour: 'hangWithGrandchild', pidFile: process.argv[2] },
  limits: { timeoutMs: 600_000, cpuSeconds: 60, memoryBytes: 500_000_000, heapMebibytes: 64 },
});
