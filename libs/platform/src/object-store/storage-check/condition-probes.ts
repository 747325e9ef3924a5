import { CopyObjectCommand } from '@aws-sdk/client-s3';
import { encodeKey } from '../uri-encode';
import type { Probe } from './probe';
import { accepts, forged, putObject, UNMET } from './requests';

const ANOTHER_ETAG = `"${'0'.repeat(32)}"`;

export const conditionProbes: Probe[] = [
  {
    name: 'createOnly',
    what: 'If-None-Match: * keeps an existing object from being overwritten',
    need: 'capability',
    consequence: 'final keys are safe only because the server alone writes them, each once',
    ask: async (context) => {
      const key = context.newKey();
      await putObject(context, key);
      return !(await accepts(putObject(context, key, { Body: forged, IfNoneMatch: '*' }), UNMET));
    },
  },
  {
    name: 'conditionalCopy',
    what: 'a copy is refused when its source has another ETag by now',
    need: 'capability',
    consequence: 'the copy is compared with what was verified, and deleted when it differs',
    ask: async (context) => {
      const [source, target] = [context.newKey(), context.newKey()];
      await putObject(context, source);
      const copy = new CopyObjectCommand({
        Bucket: context.bucket,
        Key: target,
        CopySource: `${context.bucket}/${encodeKey(source)}`,
        CopySourceIfMatch: ANOTHER_ETAG,
      });
      return !(await accepts(context.client.send(copy), UNMET));
    },
  },
];
