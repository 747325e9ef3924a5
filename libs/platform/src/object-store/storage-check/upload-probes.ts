import type { Probe, ProbeContext } from './probe';
import { approved, headObject, keptOut, putObject, send, signUpload } from './requests';

async function keepsLengthOut(context: ProbeContext, body: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const key = context.newKey();
  const { url, method, headers } = signUpload(context, key);
  return keptOut(context, key, await send(url, { method, headers, body }));
}

/** The one that all others build on: where the right file is refused, a refusal of a wrong one says nothing. */
export const uploadStored: Probe = {
  name: 'uploadStored',
  what: 'the file that a URL was signed for is stored',
  need: 'required',
  consequence: 'nothing can be uploaded',
  ask: async (context) => {
    const key = context.newKey();
    const { url, method, headers } = signUpload(context, key);
    const { status, body } = await send(url, { method, headers, body: approved });
    if (status !== 200) throw new Error(`The storage answered ${status}: ${body.toString().slice(0, 300)}`);
    return (await headObject(context, key))?.ContentLength === approved.length;
  },
};

export const uploadProbes: Probe[] = [
  {
    name: 'lengthSigned',
    what: 'a file longer or shorter than signed is refused',
    need: 'required',
    consequence: 'a URL for one byte takes a file of any size: limits and quotas hold no more',
    ask: async (context) =>
      (await keepsLengthOut(context, Buffer.concat([approved, approved]))) &&
      (await keepsLengthOut(context, approved.subarray(1))),
  },
  {
    name: 'contentTypeSigned',
    what: 'another content type than the signed one is refused',
    need: 'required',
    consequence: 'a page with scripts can be uploaded by a URL for an image',
    ask: async (context) => {
      const key = context.newKey();
      const { url, method } = signUpload(context, key);
      const headers = { 'content-type': 'text/html' };
      return keptOut(context, key, await send(url, { method, headers, body: approved }));
    },
  },
  {
    name: 'pathSigned',
    what: 'a URL writes no other object than its own',
    need: 'required',
    consequence: 'whoever has an upload URL can write every object of the bucket',
    ask: async (context) => {
      const [mine, other] = [context.newKey(), context.newKey()];
      const { url, method, headers } = signUpload(context, mine);
      const elsewhere = url.replace(mine, other);
      return keptOut(context, other, await send(elsewhere, { method, headers, body: approved }));
    },
  },
  {
    name: 'methodSigned',
    what: 'an upload URL does not serve for reading or deleting',
    need: 'required',
    consequence: 'whoever has an upload URL can read and delete what it wrote',
    ask: async (context) => {
      const key = context.newKey();
      await putObject(context, key);
      const { url, headers } = signUpload(context, key);
      const read = await send(url, { headers });
      const deleted = await send(url, { method: 'DELETE', headers });
      const kept = (await headObject(context, key)) !== null;
      return kept && read.status >= 400 && !read.body.includes(approved) && deleted.status >= 400;
    },
  },
  {
    name: 'expiryEnforced',
    what: 'a URL is refused after its expiry',
    need: 'required',
    consequence: 'a URL that leaks works for ever',
    ask: async (context) => {
      const key = context.newKey();
      const past = { now: new Date(Date.now() - 3_600_000), expiresIn: 60 };
      const { url, method, headers } = signUpload(context, key, past);
      return keptOut(context, key, await send(url, { method, headers, body: approved }));
    },
  },
];
