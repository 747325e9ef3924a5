import { S3Error } from '../errors/s3-error';
import {
  EMPTY_SHA256,
  EXAMPLE_AUTHORITY,
  exampleAuthorization,
  exampleRequest,
  type ExampleRequest,
} from '../testing/aws-examples';
import { verifySignature } from './verify-signature';

const HOST = 'examplebucket.s3.amazonaws.com';

const get = (url: string, signature: string): ExampleRequest => ({
  method: 'GET',
  url,
  headers: {
    Host: HOST,
    'x-amz-date': '20130524T000000Z',
    'x-amz-content-sha256': EMPTY_SHA256,
    Authorization: exampleAuthorization('host;x-amz-content-sha256;x-amz-date', signature),
  },
});

const rangeExample: ExampleRequest = {
  method: 'GET',
  url: '/test.txt',
  headers: {
    Host: HOST,
    Authorization: exampleAuthorization(
      'host;range;x-amz-content-sha256;x-amz-date',
      'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
    ),
    Range: 'bytes=0-9',
    'x-amz-content-sha256': EMPTY_SHA256,
    'x-amz-date': '20130524T000000Z',
  },
};

const putExample: ExampleRequest = {
  method: 'PUT',
  url: '/test%24file.text',
  headers: {
    Host: HOST,
    Date: 'Fri, 24 May 2013 00:00:00 GMT',
    'x-amz-date': '20130524T000000Z',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    Authorization: exampleAuthorization(
      'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
      '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    ),
  },
};

const presignedExample: ExampleRequest = {
  method: 'GET',
  url:
    '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request' +
    '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
    '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  headers: { Host: HOST },
};

describe('the published examples are authentic', () => {
  test.each([
    ['GET with a range', rangeExample],
    ['PUT', putExample],
    [
      'GET of a sub-resource',
      get('/?lifecycle', 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'),
    ],
    [
      'GET with a query',
      get('/?max-keys=2&prefix=J', '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'),
    ],
    ['presigned GET', presignedExample],
  ])('%s', (_, example) => {
    const { credential } = verifySignature(exampleRequest(example), EXAMPLE_AUTHORITY);
    expect(credential.accessKeyId).toBe('AKIAIOSFODNN7EXAMPLE');
  });
});

const refusal = (example: ExampleRequest, change: Partial<{ receivedAt: Date }> = {}): S3Error => {
  try {
    verifySignature({ ...exampleRequest(example), ...change }, EXAMPLE_AUTHORITY);
  } catch (error) {
    if (error instanceof S3Error) return error;
    throw error;
  }
  throw new Error('was not refused');
};

const withHeaders = (example: ExampleRequest, headers: Record<string, string>): ExampleRequest => ({
  ...example,
  headers: { ...example.headers, ...headers },
});

const without = (example: ExampleRequest, header: string): ExampleRequest => ({
  ...example,
  headers: Object.fromEntries(Object.entries(example.headers).filter(([name]) => name !== header)),
});

const inUrl = (from: string, to: string): ExampleRequest => ({
  ...presignedExample,
  url: presignedExample.url.replace(from, to),
});

const later = (seconds: number): { receivedAt: Date } => ({
  receivedAt: new Date(Date.parse('2013-05-24T00:00:00Z') + seconds * 1000),
});

describe('a signed request is refused', () => {
  test.each([
    [
      'with another value of a signed header',
      withHeaders(rangeExample, { Range: 'bytes=0-10' }),
      'SignatureDoesNotMatch',
    ],
    ['without a signed header', without(rangeExample, 'Range'), 'SignatureDoesNotMatch'],
    ['with another method', { ...rangeExample, method: 'PUT' }, 'SignatureDoesNotMatch'],
    ['with another path', { ...rangeExample, url: '/test2.txt' }, 'SignatureDoesNotMatch'],
    ['with another query', { ...rangeExample, url: '/test.txt?x=1' }, 'SignatureDoesNotMatch'],
    ['with an unsigned x-amz- header', withHeaders(rangeExample, { 'x-amz-acl': 'private' }), 'AccessDenied'],
    ['without any signature', without(rangeExample, 'Authorization'), 'AccessDenied'],
    [
      'with the old signature version',
      withHeaders(rangeExample, { Authorization: 'AWS a:b' }),
      'InvalidRequest',
    ],
    ['with a security token', withHeaders(rangeExample, { 'x-amz-security-token': 't' }), 'InvalidToken'],
    ['without the hash of its body', without(rangeExample, 'x-amz-content-sha256'), 'InvalidRequest'],
    ['with two signatures', { ...rangeExample, url: presignedExample.url }, 'InvalidArgument'],
  ])('%s', (_, example, code) => {
    expect(refusal(example).code).toBe(code);
  });

  test.each([
    ['AKIAIOSFODNN7EXAMPLE', 'AKIANOBODY', 'InvalidAccessKeyId'],
    ['us-east-1', 'eu-west-1', 'AuthorizationHeaderMalformed'],
    ['/s3/', '/sqs/', 'AuthorizationHeaderMalformed'],
    ['20130524/', '20130523/', 'AuthorizationHeaderMalformed'],
    ['host;', '', 'AccessDenied'],
  ])('with %s replaced by "%s" in its header', (from, to, code) => {
    const authorization = (rangeExample.headers.Authorization ?? '').replace(from, to);
    expect(refusal(withHeaders(rangeExample, { Authorization: authorization })).code).toBe(code);
  });

  test('sixteen minutes before or after it was signed', () => {
    expect(refusal(rangeExample, later(16 * 60)).code).toBe('RequestTimeTooSkewed');
    expect(refusal(rangeExample, later(-16 * 60)).code).toBe('RequestTimeTooSkewed');
  });

  test('and told which headers were not signed', () => {
    const error = refusal(withHeaders(rangeExample, { 'x-amz-copy-source': '/a/b', 'x-amz-acl': 'private' }));
    expect(error.fields.HeadersNotSigned).toBe('x-amz-copy-source, x-amz-acl');
  });
});

describe('a presigned URL is refused', () => {
  test.each([
    ['without expiry', inUrl('&X-Amz-Expires=86400', '')],
    ['with an expiry of zero', inUrl('86400', '0')],
    ['with a negative expiry', inUrl('86400', '-1')],
    ['with an expiry over a week', inUrl('86400', '604801')],
    ['with an expiry that is no number', inUrl('86400', 'soon')],
    ['for another region', inUrl('us-east-1', 'eu-west-1')],
    ['with a date that is none', inUrl('20130524T000000Z', '20130524')],
    ['with another algorithm', inUrl('AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA1')],
  ])('%s', (_, example) => {
    expect(refusal(example).code).toBe('AuthorizationQueryParametersError');
  });

  test('from the second on in which it expires', () => {
    const request = { ...exampleRequest(presignedExample), ...later(86_399) };
    expect(verifySignature(request, EXAMPLE_AUTHORITY).expiresIn).toBe(86_400);
    expect(refusal(presignedExample, later(86_400))).toMatchObject({
      code: 'AccessDenied',
      message: 'Request has expired',
      fields: {
        'X-Amz-Expires': '86400',
        Expires: '2013-05-25T00:00:00Z',
        ServerTime: '2013-05-25T00:00:00Z',
      },
    });
  });

  test('long before it was signed', () => {
    expect(refusal(presignedExample, later(-16 * 60))).toMatchObject({
      code: 'AccessDenied',
      message: 'Request is not yet valid',
    });
  });

  test('when a header is added that could change its meaning', () => {
    expect(refusal(withHeaders(presignedExample, { 'x-amz-copy-source': '/a/b' })).code).toBe('AccessDenied');
  });

  test('when its life was lengthened', () => {
    expect(refusal(inUrl('86400', '86401')).code).toBe('SignatureDoesNotMatch');
  });
});
