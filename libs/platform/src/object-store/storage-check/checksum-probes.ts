import type { PutUrlOptions } from '../url-signer';
import type { Probe, ProbeContext } from './probe';
import { approved, forged, headObject, keptOut, md5, send, sha256, signUpload } from './requests';

type Sums = Pick<PutUrlOptions, 'checksumSha256' | 'contentMd5'>;

/** A storage that refuses both files does not know the header; one that takes both does not look at it. */
async function enforces(context: ProbeContext, sums: Sums): Promise<boolean> {
  const [right, wrong] = [context.newKey(), context.newKey()];
  const first = signUpload(context, right, sums);
  const taken = await send(first.url, { method: 'PUT', headers: first.headers, body: approved });
  if (taken.status !== 200) return false;
  const second = signUpload(context, wrong, sums);
  return keptOut(
    context,
    wrong,
    await send(second.url, { method: 'PUT', headers: second.headers, body: forged }),
  );
}

const READ_BACK = 'completion reads the stored bytes and hashes them: one more read of each upload';

export const checksumProbes: Probe[] = [
  {
    name: 'checksumSha256Enforced',
    what: 'a signed SHA-256 keeps another file of the same length out',
    need: 'capability',
    consequence: READ_BACK,
    ask: (context) => enforces(context, { checksumSha256: sha256(approved) }),
  },
  {
    name: 'contentMd5Enforced',
    what: 'a signed Content-MD5 keeps another file of the same length out',
    need: 'capability',
    consequence: 'where SHA-256 is not enforced either, nothing but reading back finds another file out',
    ask: (context) => enforces(context, { contentMd5: md5(approved) }),
  },
  {
    name: 'checksumSha256Told',
    what: 'HEAD tells the SHA-256 that an object was written with',
    need: 'capability',
    consequence: READ_BACK,
    ask: async (context) => {
      const key = context.newKey();
      const sum = sha256(approved);
      const { url, method, headers } = signUpload(context, key, { checksumSha256: sum });
      await send(url, { method, headers, body: approved });
      return (await headObject(context, key))?.ChecksumSHA256 === sum;
    },
  },
];
