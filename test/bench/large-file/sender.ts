/** What a runtime is asked to send; plain data, since it goes into another process. */
export type Job = { bareParts: BarePart[] } | SdkJob;

export interface SdkJob {
  apiUrl: string;
  token: string;
  projectId: string;
  /** Base64 by size of part: the parts need neither be read for hashing nor hashed. */
  knownSums?: Record<number, string>;
}

export interface BarePart {
  url: string;
  headers: Record<string, string>;
  start: number;
  end: number;
}

export interface Sent {
  /** By the clock. */
  seconds: number;
  firstByteMs?: number;
  /** Of what the SDK has made. */
  fileKey?: string;
}

/** A runtime that sends one file, again and again. */
export interface Sender {
  name: string;
  /** Of the process that runs the SDK. */
  pid(): number;
  send(path: string, job: Job): Promise<Sent>;
  close(): Promise<void>;
}
