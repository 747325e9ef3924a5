import { randomBytes } from 'node:crypto';
import { clientFor } from '../testing/client-for.js';
import { neverAnswer, neverRead, type Fault } from '../testing/faults.js';
import { httpTransport } from '../testing/http-transport.js';
import { rejectionOf } from '../testing/rejection-of.js';
import { until } from '../testing/until.js';
import { withBackend } from '../testing/with-backend.js';
import type { UploadStatus } from './upload-handle.js';

const backend = withBackend();
const file = new File([randomBytes(100_000)], 'model.glb');

/** Aborts as soon as the server has seen a call of `route`. */
async function abortAt(route: string, fault: Fault): Promise<{ error: unknown; statuses: UploadStatus[] }> {
  const controller = new AbortController();
  const statuses: UploadStatus[] = [];
  backend().fail(route, fault);
  const client = clientFor(backend(), {
    transport: httpTransport,
    stallTimeoutMs: 60_000,
    responseTimeoutMs: 60_000,
  });
  const upload = client.uploadFile({
    projectId: 'PRJ-1',
    file,
    signal: controller.signal,
    onStatus: (status) => statuses.push(status),
  });
  const outcome = rejectionOf(upload);
  await until(() => backend().count(route) === 1);
  controller.abort('enough');
  return { error: await outcome, statuses };
}

const aborted = { name: 'AbortError', code: 'aborted', cause: 'enough' };

test('an upload aborted before it began sends nothing', async () => {
  const upload = clientFor(backend()).uploadFile({
    projectId: 'PRJ-1',
    file,
    signal: AbortSignal.abort('enough'),
  });
  expect(await rejectionOf(upload)).toMatchObject(aborted);
  expect(backend().seen).toEqual([]);
});

test('an upload aborted while it is begun is cancelled once the server has told its name', async () => {
  let answerNow = () => {};
  const held: Fault = async (_request, response) => {
    await new Promise<void>((resolve) => (answerNow = resolve));
    response.end(JSON.stringify({ asset_id: 'AST-9', upload_url: '', headers: {} }));
  };
  const { error } = await abortAt('POST /api/assets/upload-url', held);
  expect(error).toMatchObject(aborted);
  expect(backend().cancelled).toEqual([]);
  answerNow();
  await until(() => backend().cancelled.includes('AST-9'));
});

test('an upload aborted in the middle of its PUT ends at once and is cancelled on the server', async () => {
  const { error, statuses } = await abortAt('PUT', neverRead);
  expect(error).toMatchObject(aborted);
  expect(statuses).toEqual(['preparing', 'uploading', 'aborted']);
  await until(() => backend().cancelled.includes('AST-1'));
});

test('an upload aborted while it is completed is cancelled on the server', async () => {
  const { error, statuses } = await abortAt('POST /api/assets', neverAnswer);
  expect(error).toMatchObject(aborted);
  expect(statuses).toEqual(['preparing', 'uploading', 'completing', 'aborted']);
  await until(() => backend().cancelled.includes('AST-1'));
});

test('an upload aborted between two tries does not wait for the next', async () => {
  const controller = new AbortController();
  backend().fail('PUT', (_request, response) => void response.writeHead(503, { 'retry-after': '60' }).end());
  const upload = clientFor(backend()).uploadFile({
    projectId: 'PRJ-1',
    file,
    signal: controller.signal,
    onStatus: (status) => {
      if (status === 'waiting') controller.abort('enough');
    },
  });
  expect(await rejectionOf(upload)).toMatchObject(aborted);
  await until(() => backend().cancelled.includes('AST-1'));
});

test('a server that cannot be told of the cancel is a diagnostic and no error', async () => {
  const controller = new AbortController();
  const client = clientFor(backend());
  backend().fail('PUT', neverRead);
  backend().fail(
    'DELETE',
    ...Array.from({ length: 3 }, (): Fault => (request) => void request.socket.destroy()),
  );
  const outcome = rejectionOf(client.uploadFile({ projectId: 'PRJ-1', file, signal: controller.signal }));
  await until(() => backend().count('PUT') === 1);
  controller.abort('enough');
  expect(await outcome).toMatchObject(aborted);
  await until(() => client.diagnostics.some(({ type }) => type === 'cancel_failed'));
});
