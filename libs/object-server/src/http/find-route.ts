import { S3Error } from '../errors/s3-error';
import { ROUTES, type Route } from './routes';
import { amzHeader, type S3Request } from './s3-request';

/** All that Amazon S3 knows. One that no route names must be refused: without it the request would mean something else. */
const SUBRESOURCES = new Set(
  (
    'accelerate acl analytics attributes cors delete encryption intelligent-tiering inventory legal-hold lifecycle list-type ' +
    'location logging metadataConfiguration metadataTable metrics notification object-lock ownershipControls partNumber ' +
    'policy policyStatus publicAccessBlock renameObject replication requestPayment restore retention select session ' +
    'tagging torrent uploadId uploads versionId versioning versions website'
  ).split(' '),
);

/** Throws NotImplemented for what S3 can do and this server cannot, MethodNotAllowed for what S3 cannot do either. */
export function findRoute(request: S3Request): Route {
  const place = placeOf(request);
  const subresources = request.query.pairs.map(([name]) => name).filter((name) => SUBRESOURCES.has(name));
  const copies = amzHeader(request, 'x-amz-copy-source') !== undefined;
  const sameShape = ROUTES.filter((route) => route.on === place && route.method === request.method);
  const route = sameShape.find((candidate) => {
    const wanted = candidate.subresources ?? [];
    const named =
      subresources.length === wanted.length && wanted.every((name) => subresources.includes(name));
    return named && copies === (candidate.copies ?? false);
  });
  if (route) return route;
  throw sameShape.length === 0
    ? new S3Error('MethodNotAllowed')
    : new S3Error('NotImplemented', {
        message: 'This server does not implement the operation that you requested.',
      });
}

function placeOf({ bucket, key }: S3Request): Route['on'] {
  if (bucket === '') return 'service';
  return key === '' ? 'bucket' : 'object';
}
