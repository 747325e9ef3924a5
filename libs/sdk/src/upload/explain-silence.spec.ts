import { randomBytes } from 'node:crypto';
import { clientFor } from '../testing/client-for.js';
import { answer, cut } from '../testing/faults.js';
import { httpTransport } from '../testing/http-transport.js';
import { rejectionOf } from '../testing/rejection-of.js';
import { withBackend } from '../testing/with-backend.js';

const backend = withBackend();
const file = new File([randomBytes(1000)], 'model.glb');
const cuts = (count: number) => Array.from({ length: count }, () => cut);

const upload = (given: File = file) =>
  clientFor(backend(), { transport: httpTransport }).uploadFile({ projectId: 'PRJ-1', file: given });

test('a file that can no longer be read is why its PUT got no answer', async () => {
  const gone = new File([randomBytes(1000)], 'model.glb');
  Object.assign(gone, {
    slice: () => ({ arrayBuffer: () => Promise.reject(new Error('NotReadableError')) }),
  });
  backend().fail('PUT', cut);
  expect(await rejectionOf(upload(gone))).toMatchObject({ name: 'FileError', code: 'file_changed' });
  expect(backend().count('PUT')).toBe(1);
});

test('outside of a browser there is no CORS to suspect', async () => {
  backend().fail('PUT', ...cuts(6));
  expect(await rejectionOf(upload())).toMatchObject({ code: 'network' });
});

describe('in a page', () => {
  beforeEach(() => {
    Object.assign(globalThis, { location: { origin: 'https://app.example' } });
  });
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'location');
  });

  test('a storage that is silent three times while the API answers is a case of CORS', async () => {
    backend().fail('PUT', ...cuts(3));
    const error = await rejectionOf(upload());
    expect(error).toMatchObject({
      name: 'NetworkError',
      code: 'cors',
      message: expect.stringContaining('https://app.example'),
    });
  });

  test('a storage that has answered before is only out of reach', async () => {
    backend().fail('PUT', answer(503, { headers: { 'retry-after': '0' } }), ...cuts(4));
    expect(await upload()).toMatchObject({ id: 'AST-1' });
  });

  test('when the API is silent too, it is the network', async () => {
    backend().fail('PUT', ...cuts(4));
    backend().fail('GET /api/health/live', ...cuts(2));
    expect(await upload()).toMatchObject({ id: 'AST-1' });
  });
});
