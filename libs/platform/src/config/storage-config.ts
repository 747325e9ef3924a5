import { amazonEndpoint } from '../object-store/bucket-address';
import type { Environment, OptionalVariable } from './environment';
import { plainText, webUrl, yesOrNo } from './formats';

export interface StorageConfig {
  endpoint: string;
  bucket: string;
  region: string;
  forcePathStyle: boolean;
  /** The storage as browsers reach it. */
  publicEndpoint: string;
}

export interface CredentialsConfig {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export const storageVariables = {
  endpoint: {
    name: 'S3_ENDPOINT',
    format: webUrl,
    unset: 'Amazon S3 where `S3_BUCKET` is set, else the embedded storage',
    doc: 'Any S3-compatible storage.',
  },
  bucket: {
    name: 'S3_BUCKET',
    alias: 'AWS_BUCKET',
    format: plainText,
    unset: 'the embedded storage',
    doc: 'The bucket, which must exist.',
  },
  region: {
    name: 'S3_REGION',
    alias: 'AWS_REGION',
    format: plainText,
    default: 'us-east-1',
    doc: 'Its region; many storages other than Amazon’s take any.',
  },
  forcePathStyle: {
    name: 'S3_FORCE_PATH_STYLE',
    format: yesOrNo,
    unset: 'true where `S3_ENDPOINT` is set',
    doc: 'Address the bucket in the path (`https://host/bucket`) instead of the host name.',
  },
  publicEndpoint: {
    name: 'S3_PUBLIC_ENDPOINT',
    format: webUrl,
    unset: '`S3_ENDPOINT`',
    doc: 'The storage as browsers reach it, where that is another address.',
  },
  accessKeyId: {
    name: 'AWS_ACCESS_KEY_ID',
    format: plainText,
    unset: 'the AWS SDK’s provider chain',
    doc: 'The server’s key for the storage.',
  },
  secretAccessKey: {
    name: 'AWS_SECRET_ACCESS_KEY',
    format: plainText,
    unset: 'the AWS SDK’s provider chain',
    secret: true,
    doc: 'The secret of that key.',
  },
  sessionToken: {
    name: 'AWS_SESSION_TOKEN',
    format: plainText,
    unset: 'none',
    secret: true,
    doc: 'With a temporary key.',
  },
  uploadAccessKeyId: {
    name: 'S3_UPLOAD_ACCESS_KEY_ID',
    format: plainText,
    unset: 'the server’s key',
    doc: 'A second key that may only write, for the URLs that clients upload by; see docs/STORAGES.md.',
  },
  uploadSecretAccessKey: {
    name: 'S3_UPLOAD_SECRET_ACCESS_KEY',
    format: plainText,
    unset: 'the server’s key',
    secret: true,
    doc: 'The secret of that key.',
  },
  uploadSessionToken: {
    name: 'S3_UPLOAD_SESSION_TOKEN',
    format: plainText,
    unset: 'none',
    secret: true,
    doc: 'With a temporary key.',
  },
};

/** Null: the embedded storage. */
export function readStorage(environment: Environment): StorageConfig | null {
  const endpoint = environment.optional(storageVariables.endpoint);
  const bucket = environment.optional(storageVariables.bucket);
  const region = environment.withDefault(storageVariables.region);
  const forcePathStyle = environment.optional(storageVariables.forcePathStyle) ?? endpoint !== undefined;
  const publicEndpoint = environment.optional(storageVariables.publicEndpoint);
  if (bucket === undefined) {
    if (environment.isSet(storageVariables.endpoint)) {
      environment.fault(
        storageVariables.bucket,
        'missing, while S3_ENDPOINT is set; name the bucket, or unset S3_ENDPOINT for the embedded storage',
      );
    }
    return null;
  }
  const reached = endpoint ?? amazonEndpoint(region);
  return { endpoint: reached, bucket, region, forcePathStyle, publicEndpoint: publicEndpoint ?? reached };
}

interface KeyVariables {
  accessKeyId: OptionalVariable<string>;
  secretAccessKey: OptionalVariable<string>;
  sessionToken: OptionalVariable<string>;
}

/** Null: unset. A part of a key is a fault: left alone it would silently be another key that signs. */
function readKey(environment: Environment, variables: KeyVariables): CredentialsConfig | null {
  const accessKeyId = environment.optional(variables.accessKeyId);
  const secretAccessKey = environment.optional(variables.secretAccessKey);
  const sessionToken = environment.optional(variables.sessionToken);
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
  }
  if ([accessKeyId, secretAccessKey, sessionToken].some((part) => part !== undefined)) {
    const missing = accessKeyId === undefined ? variables.accessKeyId : variables.secretAccessKey;
    environment.fault(missing, 'missing, while another part of the key is set; set all of it or nothing');
  }
  return null;
}

/** Null: the AWS SDK's provider chain (profile, container, instance role). */
export const readCredentials = (environment: Environment): CredentialsConfig | null =>
  readKey(environment, storageVariables);

/** Null: the server's key signs for clients too. */
export const readUploadCredentials = (environment: Environment): CredentialsConfig | null =>
  readKey(environment, {
    accessKeyId: storageVariables.uploadAccessKeyId,
    secretAccessKey: storageVariables.uploadSecretAccessKey,
    sessionToken: storageVariables.uploadSessionToken,
  });
