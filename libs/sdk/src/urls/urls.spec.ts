import { clientFor } from '../testing/client-for.js';
import { withBackend } from '../testing/with-backend.js';
import { generateProjectQRUrl } from './generate-project-qr-url.js';

const backend = withBackend();

test.each(['https://launch.example', 'https://launch.example/'])(
  'a project is shown at %s under its id',
  (base) => {
    expect(generateProjectQRUrl('PRJ-1', base)).toBe('https://launch.example/#/app/project/PRJ-1');
  },
);

test('an asset URL is a fresh signed one each time', async () => {
  const client = clientFor(backend());
  const first = await client.getAssetUrl('AST-1', { purpose: 'download', expiresIn: 600 });
  expect(first).toMatch(/^http:.*AST-1/);
  expect(await client.getAssetUrl('AST-1')).not.toBe(first);
});
