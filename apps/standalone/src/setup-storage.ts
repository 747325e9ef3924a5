import type { Config } from '@slipway/platform/config/config';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { setupBucket, type SetupStep } from '@slipway/platform/object-store/setup-bucket';
import { explained } from './require-storage';

const OUTCOMES = { done: 'done', lacking: 'lacking here, see to it by hand', refused: 'REFUSED' };

const describeStep = ({ action, outcome, reason }: SetupStep): string =>
  `  ${action}: ${OUTCOMES[outcome]}${reason === null ? '' : ` (${reason})`}`;

/** Prints what it did of each step; false when one was refused. Repeating it changes nothing. Throws `StartError`. */
export async function setupStorage({ storage, credentials, http }: Config): Promise<boolean> {
  if (storage === null) {
    process.stdout.write('The embedded storage is used: it sets itself up at each start.\n');
    return true;
  }
  const client = createS3Client({ ...storage, credentials: credentials ?? undefined });
  const needs = { bucket: storage.bucket, corsOrigins: http.corsOrigins };
  const steps = await explained(storage, setupBucket(client, needs)).finally(() => client.destroy());
  const title = `Bucket "${storage.bucket}" at ${storage.endpoint}:`;
  process.stdout.write(`${[title, ...steps.map(describeStep)].join('\n')}\n`);
  return steps.every(({ outcome }) => outcome !== 'refused');
}
