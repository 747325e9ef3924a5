import { S3Error } from '../errors/s3-error';
import type { ClaimedSignature } from './claimed-signature';

const MAX_SKEW_MS = 15 * 60 * 1000;

const isoSeconds = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

/** Throws when the signature is not of this time: RequestTimeTooSkewed, or AccessDenied for a presigned URL. */
export function checkTime(claim: ClaimedSignature, now: Date): void {
  const age = now.getTime() - claim.signedAt.getTime();
  if (claim.expiresIn === null) {
    if (Math.abs(age) > MAX_SKEW_MS) throw tooSkewed(claim, now);
    return;
  }
  if (age < -MAX_SKEW_MS) throw new S3Error('AccessDenied', { message: 'Request is not yet valid' });
  if (age >= claim.expiresIn * 1000) throw expired(claim, claim.expiresIn, now);
}

function tooSkewed(claim: ClaimedSignature, now: Date): S3Error {
  return new S3Error('RequestTimeTooSkewed', {
    fields: {
      RequestTime: claim.timestamp,
      ServerTime: isoSeconds(now),
      MaxAllowedSkewMilliseconds: String(MAX_SKEW_MS),
    },
  });
}

function expired(claim: ClaimedSignature, expiresIn: number, now: Date): S3Error {
  return new S3Error('AccessDenied', {
    message: 'Request has expired',
    fields: {
      'X-Amz-Expires': String(expiresIn),
      Expires: isoSeconds(new Date(claim.signedAt.getTime() + expiresIn * 1000)),
      ServerTime: isoSeconds(now),
    },
  });
}
