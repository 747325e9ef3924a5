import type { Probe } from './probe';
import { approved, send, signUpload } from './requests';

const SETUP = 'set it by npm run storage -- setup, or by hand';

const lists = (header: string | null, name: string): boolean =>
  (header ?? '').split(',').some((listed) => ['*', name].includes(listed.trim().toLowerCase()));

export const corsProbes: Probe[] = [
  {
    name: 'corsPreflight',
    what: 'browsers may upload from the pages of PUBLIC_URL',
    need: 'required',
    consequence: `no browser can upload: the bucket has no CORS rule for this page; ${SETUP}`,
    ask: async (context) => {
      const { url, headers } = signUpload(context, context.newKey(), { checksumSha256: 'x' });
      const names = Object.keys(headers).toSorted();
      const asked = {
        origin: context.origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': names.join(','),
      };
      const { status, headers: granted } = await send(url, { method: 'OPTIONS', headers: asked });
      const allowed = granted.get('access-control-allow-headers');
      return (
        status < 300 &&
        ['*', context.origin].includes(granted.get('access-control-allow-origin') ?? '') &&
        names.every((name) => lists(allowed, name))
      );
    },
  },
  {
    name: 'etagExposed',
    what: 'the page may read the ETag of what it uploaded',
    need: 'required',
    consequence: `uploads in parts cannot be completed from what the browser saw; ${SETUP}`,
    ask: async (context) => {
      const { url, method, headers } = signUpload(context, context.newKey());
      const sent = { ...headers, origin: context.origin };
      const answer = await send(url, { method, headers: sent, body: approved });
      return answer.headers.has('etag') && lists(answer.headers.get('access-control-expose-headers'), 'etag');
    },
  },
];
