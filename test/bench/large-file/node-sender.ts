import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Job, Sender, Sent } from './sender';

export function startNodeSender(): Sender {
  const child = fork(join(process.cwd(), 'test/bench/large-file/node-sender.mjs'));
  return {
    name: 'Node',
    pid: () => child.pid ?? 0,
    async send(path: string, job: Job): Promise<Sent> {
      child.send({ path, job });
      const [sent] = (await once(child, 'message')) as [Sent & { failure?: string }];
      if (sent.failure !== undefined) throw new Error(sent.failure);
      return sent;
    },
    async close() {
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
