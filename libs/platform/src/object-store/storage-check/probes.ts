import { bucketProbes } from './bucket-probes';
import { checksumProbes } from './checksum-probes';
import { conditionProbes } from './condition-probes';
import { corsProbes } from './cors-probes';
import { downloadProbes } from './download-probes';
import { multipartProbes } from './multipart-probes';
import type { Probe, ProbeContext } from './probe';
import { unsignedHeaderProbes } from './unsigned-header-probes';
import { uploadKeyProbes } from './upload-key-probes';
import { uploadProbes, uploadStored } from './upload-probes';

/** In the order they are asked and shown. */
export const probesFor = ({ uploader }: Pick<ProbeContext, 'uploader'>): readonly [Probe, ...Probe[]] => [
  uploadStored,
  ...uploadProbes,
  ...downloadProbes,
  ...corsProbes,
  ...multipartProbes,
  ...(uploader === null ? [] : uploadKeyProbes),
  ...checksumProbes,
  ...conditionProbes,
  ...unsignedHeaderProbes,
  ...bucketProbes,
];
