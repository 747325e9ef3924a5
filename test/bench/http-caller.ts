import { Agent, request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Call {
  method: 'GET' | 'POST' | 'PUT';
  headers?: Record<string, string>;
  body?: Buffer | string;
}

/**
 * Calls over connections that stay open. Not `fetch`: that takes more CPU for a call than the server it asks, and on a
 * machine of two cores the caller would be what is measured.
 */
export class HttpCaller {
  private readonly agent = new Agent({ keepAlive: true });

  /** The body of the answer. Fails for any status but those of success: a bench of failures measures nothing. */
  async call(url: string, { method, headers, body }: Call): Promise<Buffer> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const sent = request(url, { method, agent: this.agent, headers: { ...headers, ...length } }, resolve);
      sent.once('error', reject);
      sent.end(body);
    });
    const answer = await buffer(response);
    const { statusCode = 0 } = response;
    if (statusCode >= 200 && statusCode < 300) return answer;
    throw new Error(`${method} ${url} was answered ${statusCode}: ${answer.toString()}`);
  }

  close(): void {
    this.agent.destroy();
  }
}
