// A process of its own, whose memory and CPU are those of the SDK alone.
import { openAsBlob, statSync } from 'node:fs';
import { createClient } from '../../../libs/sdk/dist/index.js';
import { sendLargeFile } from './send-large-file.mjs';

const GIB = 1024 ** 3;

/**
 * A file of zeros. Node 20 tells the size of a Blob modulo 4 GiB, so a larger one is made of views of one GiB; no part
 * goes beyond the end of one.
 */
async function openZeros(path) {
  const { size } = statSync(path);
  const blob = await openAsBlob(path);
  if (size < 4 * GIB) return blob;
  const slice = (start, end) => blob.slice(start % GIB, (start % GIB) + (Math.min(end, size) - start));
  return Object.defineProperties(new Blob([]), {
    size: { value: size },
    slice: { value: slice, writable: true },
  });
}

async function send({ path, job }) {
  const file = await openZeros(path);
  const before = process.cpuUsage();
  const sent = await sendLargeFile(createClient, file, job).catch((error) => ({
    failure: String(error?.stack),
  }));
  const { user, system } = process.cpuUsage(before);
  process.send({ ...sent, cpuSeconds: (user + system) / 1e6 });
}

process.on('message', (message) => void send(message));
