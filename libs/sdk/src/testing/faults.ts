import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './read-body.js';

/** Takes the place of the real answer, once. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export const answer =
  (
    status: number,
    { headers = {}, body = '' }: { headers?: Record<string, string>; body?: string } = {},
  ): Fault =>
  async (request, response) => {
    await readBody(request);
    response.writeHead(status, headers).end(body);
  };

/** The connection breaks before anything was read. */
export const cut: Fault = (request) => {
  request.socket.destroy();
};

/** Everything was received, and the connection breaks instead of an answer. */
export const cutAfterBody: Fault = async (request) => {
  await readBody(request);
  request.socket.destroy();
};

/** Accepts the connection and never reads from it. */
export const neverRead: Fault = (request) => {
  request.pause();
};

/** Reads everything and never answers. */
export const neverAnswer: Fault = async (request) => {
  await readBody(request);
};

/** The answer begins and the connection breaks in the middle of it. */
export const cutAnswer: Fault = async (request, response) => {
  await readBody(request);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"id":', () => request.socket.destroy());
};
