// A process of its own, whose memory and CPU are those of the SDK alone.
import { openAsBlob } from 'node:fs';
import { createClient } from '../../../libs/sdk/dist/index.js';
import { sendLargeFile } from './send-large-file.mjs';

async function send({ path, job }) {
  const file = await openAsBlob(path);
  const before = process.cpuUsage();
  const sent = await sendLargeFile(createClient, file, job).catch((error) => ({
    failure: String(error?.stack),
  }));
  const { user, system } = process.cpuUsage(before);
  process.send({ ...sent, cpuSeconds: (user + system) / 1e6 });
}

process.on('message', (message) => void send(message));
