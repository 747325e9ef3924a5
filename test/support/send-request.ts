import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface RequestOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: Buffer;
}

const TIMEOUT_MS = 15_000;

/** One request as a client without scruples can send it: `fetch` would set or refuse some of these headers. */
export function sendRequest(
  url: string,
  { method = 'GET', headers = {}, body }: RequestOptions = {},
): Promise<Answer> {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  const length = body ? { 'content-length': String(body.length) } : {};
  return new Promise((resolve, reject) => {
    const request = send(url, { method, agent: false, headers: { ...length, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    request.setTimeout(TIMEOUT_MS, () =>
      request.destroy(new Error(`No answer to ${method} within ${TIMEOUT_MS} ms`)),
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** Announces `length` bytes, sends `part` of them and hangs up. */
export function sendTornRequest(
  url: string,
  headers: Record<string, string>,
  torn: { part: Buffer; length: number },
) {
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  return new Promise<void>((resolve) => {
    const request = send(url, {
      method: 'PUT',
      agent: false,
      headers: { ...headers, 'content-length': String(torn.length) },
    });
    request.on('error', () => undefined);
    request.on('close', () => resolve());
    request.write(torn.part, () => request.destroy());
  });
}
