import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { CopyObjectCommand, DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { BUCKET, startTestServer, type TestServer } from './testing/test-server';

interface Message {
  authorization: string | undefined;
  keys: string[];
  names: string[];
}

/** Whoever is told of events; answers 503 as often as it is told to. */
class Listener {
  readonly messages: Message[] = [];
  refusals = 0;
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      void json(request).then((body) => {
        if (this.refusals > 0) {
          this.refusals -= 1;
          response.statusCode = 503;
          return response.end();
        }
        const records = (body as { Records: { eventName: string; s3: { object: { key: string } } }[] })
          .Records;
        this.messages.push({
          authorization: request.headers.authorization,
          keys: records.map((record) => record.s3.object.key),
          names: records.map((record) => record.eventName),
        });
        return response.end();
      });
    });
  }

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/events`;
  }

  keys = (): string[] => this.messages.flatMap((message) => message.keys);

  async until(count: number): Promise<void> {
    while (this.keys().length < count) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

let listener: Listener;
let server: TestServer;

beforeEach(async () => {
  listener = new Listener();
  server = await startTestServer({ events: { url: await listener.start(), token: 'a token' } });
});

afterEach(async () => {
  await server.close();
  await listener.stop();
});

const putObject = (Key: string): Promise<unknown> =>
  server.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: 'body' }));

test('a new object is told of, with the token', async () => {
  await putObject('incoming/a b');
  await listener.until(1);
  expect(listener.messages).toEqual([
    { authorization: 'Bearer a token', keys: ['incoming/a+b'], names: ['ObjectCreated:Put'] },
  ]);
});

test('a copy is told of, a deletion is not', async () => {
  await putObject('one');
  const copy = { Bucket: BUCKET, Key: 'two', CopySource: `${BUCKET}/one` };
  await server.s3.send(new CopyObjectCommand(copy));
  await server.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'one' }));
  await putObject('three');
  await listener.until(3);
  expect(listener.keys()).toEqual(['one', 'two', 'three']);
});

test('an object that is refused is not told of', async () => {
  const wrong = new PutObjectCommand({
    Bucket: BUCKET,
    Key: 'bad',
    Body: 'body',
    ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==',
  });
  await expect(server.s3.send(wrong)).rejects.toMatchObject({ name: 'BadDigest' });
  await putObject('good');
  await listener.until(1);
  expect(listener.keys()).toEqual(['good']);
});

test('who does not listen at once is told again, and nothing is lost or told twice', async () => {
  listener.refusals = 2;
  for (let number = 0; number < 20; number += 1) await putObject(`key-${number}`);
  await listener.until(20);
  expect(listener.keys()).toEqual(Array.from({ length: 20 }, (_, number) => `key-${number}`));
});

test('a server that nobody listens to stores all the same, and stops at once', async () => {
  const deaf = await startTestServer({ events: { url: 'http://127.0.0.1:1/', token: 'x' } });
  await deaf.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'a', Body: 'body' }));
  await expect(deaf.close()).resolves.toBeUndefined();
});
