import { NetworkError } from '../errors/network-error.js';
import type { PutRequest, PutResponse, Transport } from './transport.js';

function answerOf(xhr: XMLHttpRequest): PutResponse {
  return { status: xhr.status, header: (name) => xhr.getResponseHeader(name), body: xhr.responseText };
}

function send(xhr: XMLHttpRequest, request: PutRequest): Promise<PutResponse> {
  return new Promise((resolve, reject) => {
    xhr.open('PUT', request.url);
    for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value);
    xhr.upload.addEventListener('progress', (event) => request.onProgress(event.loaded));
    xhr.upload.addEventListener('load', () => request.onSent());
    xhr.addEventListener('load', () => resolve(answerOf(xhr)));
    xhr.addEventListener('error', () => reject(new NetworkError('The connection to the storage failed.')));
    // Safari aborts by itself when a connection drops; when it was us, the caller has stopped listening.
    xhr.addEventListener('abort', () => reject(new NetworkError('The browser dropped the connection.')));
    xhr.send(request.body);
  });
}

/** For browsers: `fetch` tells nothing of an upload's progress there. */
export const xhrTransport: Transport = {
  reportsProgress: true,
  async put(request) {
    const xhr = new XMLHttpRequest();
    const abort = () => xhr.abort();
    request.signal.addEventListener('abort', abort, { once: true });
    try {
      return await send(xhr, request);
    } finally {
      request.signal.removeEventListener('abort', abort);
    }
  },
};
