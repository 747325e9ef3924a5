import type { GetUrlOptions } from '../url-signer';
import type { Probe, ProbeContext } from './probe';
import { approved, putObject, send } from './requests';

async function signDownload(context: ProbeContext, overrides: Partial<GetUrlOptions> = {}): Promise<string> {
  const key = context.newKey();
  await putObject(context, key);
  return context.signing.get(key, { now: new Date(), expiresIn: 300, ...overrides }).url;
}

export const downloadProbes: Probe[] = [
  {
    name: 'unsignedReadRefused',
    what: 'without a signature nothing is read',
    need: 'required',
    consequence: 'the bucket is open to the world: private files are not private',
    ask: async (context) => {
      const url = await signDownload(context);
      const { status, body } = await send(url.slice(0, url.indexOf('?')));
      if (status >= 500) throw new Error(`The storage answered ${status}`);
      return status >= 400 && !body.includes(approved);
    },
  },
  {
    name: 'rangeRead',
    what: 'a part of a file is read by its range',
    need: 'required',
    consequence: 'the first bytes of an upload cannot be verified, and videos cannot be sought in',
    ask: async (context) => {
      const { status, body } = await send(await signDownload(context), { headers: { range: 'bytes=1-3' } });
      return status === 206 && body.equals(approved.subarray(1, 4));
    },
  },
  {
    name: 'responseOverridden',
    what: 'a signed URL decides the type and the disposition of the answer',
    need: 'required',
    consequence: 'files that could run as the storage’s origin are shown instead of downloaded',
    ask: async (context) => {
      const url = await signDownload(context, {
        responseContentType: 'application/octet-stream',
        responseContentDisposition: 'attachment',
      });
      const { headers } = await send(url);
      return (
        headers.get('content-type') === 'application/octet-stream' &&
        headers.get('content-disposition') === 'attachment'
      );
    },
  },
];
