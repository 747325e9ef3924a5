import { createHash } from 'node:crypto';
import {
  HeadObjectCommand,
  PutObjectCommand,
  type HeadObjectCommandOutput,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { statusOf } from '../s3-errors';
import type { PutUrlOptions, SignedPut } from '../url-signer';
import type { ProbeContext, ProbedBucket } from './probe';

const ANSWER_TIMEOUT_MS = 10_000;

/** The file that was approved, and one of the same length that was not. */
export const approved = Buffer.from('<the approved file>');
export const forged = Buffer.from('<a different file!>');

const digest = (algorithm: string, body: Buffer): string =>
  createHash(algorithm).update(body).digest('base64');
export const sha256 = (body: Buffer): string => digest('sha256', body);
export const md5 = (body: Buffer): string => digest('md5', body);

export interface Answered {
  status: number;
  headers: Headers;
  body: Buffer;
}

/** One request as anyone can send it who holds the URL. */
export async function send(url: string, init: RequestInit = {}): Promise<Answered> {
  const signal = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
  const response = await fetch(url, { ...init, redirect: 'manual', signal });
  return {
    status: response.status,
    headers: response.headers,
    body: Buffer.from(await response.arrayBuffer()),
  };
}

export function signUpload(
  { uploadSigning }: ProbeContext,
  key: string,
  options: Partial<PutUrlOptions> = {},
): SignedPut {
  const life = { now: new Date(), expiresIn: 300 };
  return uploadSigning.put(key, { size: approved.length, contentType: 'image/png', ...life, ...options });
}

/** By the server's own key; its answer is an error unless the object was written. */
export const putObject = (
  { client, bucket }: ProbedBucket,
  key: string,
  options: Partial<PutObjectCommandInput> = {},
) =>
  client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: approved,
      ContentType: 'image/png',
      ...options,
    }),
  );

/** Null when there is no such object. */
export async function headObject(
  { client, bucket }: ProbedBucket,
  key: string,
): Promise<HeadObjectCommandOutput | null> {
  try {
    return await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }));
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw error;
  }
}

/** Whether the storage refused it *and* kept nothing; a storage that failed has told nothing. */
export async function keptOut(context: ProbeContext, key: string, { status }: Answered): Promise<boolean> {
  if ((await headObject(context, key)) !== null) return false;
  if (status >= 400 && status < 500) return true;
  throw new Error(`The storage answered ${status} and stored nothing`);
}

/** How storages say that they lack a function. */
export const LACKING = [400, 405, 501];
/** How they say that a condition does not hold, or that they know no conditions. */
export const UNMET = [412, 501];

/** False for the given refusals; any other failure is no answer to the question. */
export async function accepts(call: Promise<unknown>, refusals: readonly number[]): Promise<boolean> {
  try {
    await call;
    return true;
  } catch (error) {
    if (refusals.includes(statusOf(error) ?? 0)) return false;
    throw error;
  }
}
