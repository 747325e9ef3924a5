/** What one decoding may cost before it is ended. */
export interface IsolationLimits {
  /** Wall-clock time, from the start of the process. Milliseconds. */
  timeoutMs: number;
  /** Processor time of all threads. Whole seconds. */
  cpuSeconds: number;
  /** Resident memory, native and JavaScript together. Bytes. */
  memoryBytes: number;
  /** JavaScript's share of it. Mebibytes. */
  heapMebibytes: number;
}

/** A 100-megapixel progressive JPEG takes 370 MB and 1.4 s, an SVG that never ends takes whatever it gets. */
export const IMAGE_LIMITS: IsolationLimits = {
  timeoutMs: 20_000,
  cpuSeconds: 20,
  memoryBytes: 800_000_000,
  heapMebibytes: 256,
};
