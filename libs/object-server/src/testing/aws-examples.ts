import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { RequestHeaders } from '../http/request-headers';
import { parseRequestTarget } from '../http/request-target';
import type { S3Request } from '../http/s3-request';
import type { Authority } from '../auth/verify-signature';

/** Key, region and time of the worked examples in the Amazon S3 API Reference, "Authenticating Requests". */
export const EXAMPLE_AUTHORITY: Authority = {
  region: 'us-east-1',
  credentials: new Map([
    [
      'AKIAIOSFODNN7EXAMPLE',
      { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
    ],
  ]),
};

export const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

export interface ExampleRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
}

export const exampleRequest = ({ method, url, headers }: ExampleRequest): S3Request => ({
  ...parseRequestTarget(url),
  id: 'EXAMPLE',
  method,
  headers: new RequestHeaders(Object.entries(headers).flat()),
  incoming: new IncomingMessage(new Socket()),
  receivedAt: new Date('2013-05-24T00:00:00Z'),
});

/** The Authorization header of an example that is signed with these headers. */
export const exampleAuthorization = (signedHeaders: string, signature: string): string =>
  `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signedHeaders},Signature=${signature}`;
