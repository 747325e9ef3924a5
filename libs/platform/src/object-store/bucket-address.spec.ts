import { bucketAddress } from './bucket-address';

const storage = { endpoint: 'https://storage.example.com', region: 'eu-central-1', forcePathStyle: false };

describe('the address of a bucket', () => {
  it('is a host name of its own where the endpoint has a name', () => {
    expect(bucketAddress({ ...storage, bucket: 'assets' })).toEqual({
      origin: 'https://assets.storage.example.com',
      host: 'assets.storage.example.com',
      basePath: '/',
    });
  });

  it.each([
    ['https://storage.example.com', 'assets.2026'],
    ['http://127.0.0.1:9000', 'assets'],
    ['http://127.0.0.1:9000', 'my.assets'],
    ['https://[2001:db8::1]', 'assets'],
    ['https://storage.example.com', 'Assets'],
  ])('is a path on %s where %s cannot be part of a host name', (endpoint, bucket) => {
    const { origin, basePath } = bucketAddress({ ...storage, endpoint, bucket });
    expect({ origin, basePath }).toEqual({ origin: endpoint, basePath: `/${bucket}/` });
  });

  it('keeps the port and the path of the endpoint', () => {
    const endpoint = 'http://gateway.example.com:8080/s3/';
    expect(bucketAddress({ ...storage, endpoint, bucket: 'assets', forcePathStyle: true })).toEqual({
      origin: 'http://gateway.example.com:8080',
      host: 'gateway.example.com:8080',
      basePath: '/s3/assets/',
    });
  });
});
