/** What an operation answers; `send-response.ts` writes it. */
export interface S3Response {
  status: number;
  headers?: Record<string, string>;
  /** An XML document. */
  xml?: string;
  /** Bytes of an object; `headers` say how many. */
  stream?: AsyncGenerator<Buffer>;
  /** Called when the response was sent or has failed. */
  release?: () => Promise<void>;
}

export const noContent: S3Response = { status: 204 };

export const xmlResponse = (xml: string, headers: Record<string, string> = {}): S3Response => ({
  status: 200,
  headers,
  xml,
});
