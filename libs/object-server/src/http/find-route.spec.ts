import { exampleRequest } from '../testing/aws-examples';
import { findRoute } from './find-route';

const route = (method: string, url: string, headers: Record<string, string> = {}): string =>
  findRoute(exampleRequest({ method, url, headers })).name;

test.each([
  ['GET', '/', 'ListBuckets'],
  ['GET', '/bucket?list-type=2&prefix=a', 'ListObjectsV2'],
  ['PUT', '/bucket/key?x-id=PutObject', 'PutObject'],
  ['PUT', '/bucket/key?uploadId=u&partNumber=1', 'UploadPart'],
  ['GET', '/bucket/key?uploadId=u&max-parts=3', 'ListParts'],
  ['POST', '/bucket/key?uploads', 'CreateMultipartUpload'],
  ['POST', '/bucket?delete', 'DeleteObjects'],
])('%s %s is %s', (method, url, name) => {
  expect(route(method, url)).toBe(name);
});

test('a copy source makes a copy of a PUT, in the header or in a presigned query', () => {
  expect(route('PUT', '/bucket/key', { 'x-amz-copy-source': '/a/b' })).toBe('CopyObject');
  expect(route('PUT', '/bucket/key?x-amz-copy-source=%2Fa%2Fb')).toBe('CopyObject');
  const part = '/bucket/key?uploadId=u&partNumber=1';
  expect(route('PUT', part, { 'x-amz-copy-source': '/a/b' })).toBe('UploadPartCopy');
});

test.each([
  ['a sub-resource that is not done', 'PUT /bucket/key?acl', 'NotImplemented'],
  ['two that make no operation together', 'PUT /bucket/key?tagging&acl', 'NotImplemented'],
  ['the first version of listing', 'GET /bucket', 'NotImplemented'],
  ['a version', 'GET /bucket/key?versionId=1', 'NotImplemented'],
  ['a method that S3 does not know', 'PATCH /bucket/key', 'MethodNotAllowed'],
  ['a method that S3 does not know here', 'PUT /', 'MethodNotAllowed'],
])('%s is refused', (_, line, code) => {
  const [method = '', url = ''] = line.split(' ');
  expect(() => route(method, url)).toThrow(expect.objectContaining({ code }));
});
