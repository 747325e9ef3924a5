import { once } from 'node:events';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

export interface RawRequest {
  method: string;
  headers?: Record<string, string | number>;
  body?: Buffer | string;
}

export interface RawResponse {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** Of an error document; empty otherwise. */
  code: string;
}

/** Sends exactly these headers: no client in between that would mend them. */
export async function sendRaw(url: string, { method, headers = {}, body }: RawRequest): Promise<RawResponse> {
  const request = httpRequest(url, { method, headers, agent: false });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const received = Buffer.concat(chunks);
  const code = /<Code>(\w+)<\/Code>/.exec(received.toString())?.[1] ?? '';
  return { status: response.statusCode ?? 0, headers: response.headers, body: received, code };
}
