/** One PUT to the storage, to be sent exactly so: each header is part of the signature. */
export interface PutRequest {
  url: string;
  headers: Record<string, string>;
  body: Blob;
  signal: AbortSignal;
  /** Bytes handed to the network so far. */
  onProgress: (loaded: number) => void;
  /** The last byte is out; from here on only the answer is awaited. */
  onSent: () => void;
}

export interface PutResponse {
  status: number;
  /** Null also when CORS hides the header. */
  header: (name: string) => string | null;
  body: string;
}

/** The way bytes reach the storage. Rejects with `NetworkError` when no answer came, and when the signal ends. */
export interface Transport {
  /** Without it a slow transfer and a stalled one look alike, and more patience is needed. */
  readonly reportsProgress: boolean;
  put(request: PutRequest): Promise<PutResponse>;
}
