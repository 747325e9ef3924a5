import { clientFor } from '../testing/client-for.js';
import { answer } from '../testing/faults.js';
import { rejectionOf } from '../testing/rejection-of.js';
import { withBackend } from '../testing/with-backend.js';
import { generateQRCodeDataUrl } from './generate-qr-code-data-url.js';

const backend = withBackend();
const SIGNATURE_OF_PNG = 'data:image/png;base64,iVBORw0KGgo=';

test("a project's QR code comes from the API", async () => {
  backend().token = 'good';
  const client = clientFor(backend(), { getToken: () => 'good' });
  expect(await generateQRCodeDataUrl(client, { projectId: 'PRJ-1' })).toBe(SIGNATURE_OF_PNG);
});

test("an asset's QR code comes from the storage, which gets no token", async () => {
  const client = clientFor(backend(), { getToken: () => 'secret' });
  expect(await generateQRCodeDataUrl(client, { assetId: 'AST-1' })).toBe(SIGNATURE_OF_PNG);
  expect(backend().seen.map(({ route, headers }) => [route, headers.authorization])).toEqual([
    ['GET /api/assets/AST-1', 'Bearer secret'],
    ['GET /storage/qr.png', undefined],
  ]);
});

test('a QR code that is not there yet is an error', async () => {
  backend().fail('GET /storage/qr.png', answer(404));
  const code = generateQRCodeDataUrl(clientFor(backend()), { assetId: 'AST-1' });
  expect(await rejectionOf(code)).toMatchObject({ code: 'not_found', status: 404 });
});
