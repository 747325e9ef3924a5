import { PutBucketCorsCommand } from '@aws-sdk/client-s3';
import { BUCKET, startTestServer, type TestServer } from './testing/test-server';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
  await server.s3.send(
    new PutBucketCorsCommand({
      Bucket: BUCKET,
      CORSConfiguration: {
        CORSRules: [
          {
            AllowedOrigins: ['https://app.example'],
            AllowedMethods: ['PUT', 'GET'],
            AllowedHeaders: ['content-*'],
            ExposeHeaders: ['ETag'],
            MaxAgeSeconds: 60,
          },
        ],
      },
    }),
  );
});
afterAll(() => server.close());

const preflight = (headers: Record<string, string>): Promise<Response> =>
  fetch(`${server.url}/${BUCKET}/key`, { method: 'OPTIONS', headers });

test('a preflight that a rule allows is answered without a signature', async () => {
  const response = await preflight({
    origin: 'https://app.example',
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'content-type, content-md5',
  });
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'access-control-allow-origin': 'https://app.example',
    'access-control-allow-methods': 'PUT, GET',
    'access-control-allow-headers': 'content-type, content-md5',
    'access-control-expose-headers': 'ETag',
    'access-control-max-age': '60',
  });
});

test.each([
  ['another origin', { origin: 'https://evil.example', 'access-control-request-method': 'PUT' }],
  ['another method', { origin: 'https://app.example', 'access-control-request-method': 'DELETE' }],
  [
    'another header',
    {
      origin: 'https://app.example',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'x-other',
    },
  ],
])('a preflight from %s is refused', async (_, headers) => {
  const response = await preflight(headers);
  expect(response.status).toBe(403);
  expect(await response.text()).toContain('<Code>AccessForbidden</Code>');
});

test('a refusal carries the headers that let a browser read it', async () => {
  const response = await fetch(`${server.url}/${BUCKET}/key`, { headers: { origin: 'https://app.example' } });
  expect(response.status).toBe(403);
  expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example');
});
