/** `<access key>/<yyyymmdd>/<region>/<service>/aws4_request` */
export interface CredentialScope {
  accessKeyId: string;
  day: string;
  region: string;
  service: string;
  terminator: string;
}

/** Null unless it has its five parts; an access key may hold slashes. */
export function parseCredential(credential: string): CredentialScope | null {
  const match = /^(.+)\/([^/]*)\/([^/]*)\/([^/]*)\/([^/]*)$/.exec(credential);
  if (!match) return null;
  const [, accessKeyId = '', day = '', region = '', service = '', terminator = ''] = match;
  return { accessKeyId, day, region, service, terminator };
}

export interface ScopeFault {
  message: string;
  fields?: Record<string, string>;
}

/** Why a signature with this scope is not for this server; null when it is. */
export function findScopeFault(
  scope: CredentialScope,
  expected: { day: string; region: string },
): ScopeFault | null {
  if (scope.day !== expected.day) {
    return {
      message: `Invalid credential date "${scope.day}". This date is not the same as X-Amz-Date: "${expected.day}".`,
    };
  }
  if (scope.region !== expected.region) {
    const message = `the region '${scope.region}' is wrong; expecting '${expected.region}'`;
    return { message, fields: { Region: expected.region } };
  }
  if (scope.service !== 's3')
    return { message: `incorrect service "${scope.service}". This endpoint belongs to "s3".` };
  if (scope.terminator !== 'aws4_request') {
    return { message: `incorrect terminal "${scope.terminator}". This endpoint uses "aws4_request".` };
  }
  return null;
}

export const scopeText = ({ day, region, service, terminator }: CredentialScope): string =>
  `${day}/${region}/${service}/${terminator}`;
