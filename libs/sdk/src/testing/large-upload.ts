import { createHash, randomBytes } from 'node:crypto';
import type { Client, ClientOptions } from '../client/create-client.js';
import type { Diagnostic } from '../client/diagnostic.js';
import type { Progress } from '../upload/progress-meter.js';
import type { UploadHandle, UploadStatus } from '../upload/upload-handle.js';
import type { UploadOptions } from '../upload/upload-options.js';
import { memoryStore } from '../upload/parts/memory-store.js';
import { clientFor } from './client-for.js';
import type { FakeBackend } from './fake-backend.js';
import { httpTransport } from './http-transport.js';

export const PART = 50_000;
export const PARTS = 8;

/** The last part is shorter than the others. */
export const largeContent = () => randomBytes(PART * (PARTS - 1) + 12_345);

export const largeFile = (content: Buffer<ArrayBuffer>, name = 'scan.glb'): File =>
  new File([content], name, { type: 'model/gltf-binary', lastModified: 1_700_000_000_000 });

export interface LargeUpload {
  handle: UploadHandle;
  client: Client & { diagnostics: Diagnostic[] };
  statuses: UploadStatus[];
  progress: Progress[];
}

/** An upload in parts of a client of its own, as after a reload when it is given the store of an earlier one. */
export function startLarge(
  backend: FakeBackend,
  upload: Partial<UploadOptions> & { file: Blob },
  options: Partial<ClientOptions> = {},
): LargeUpload {
  backend.multipart.above = Math.min(backend.multipart.above, PART);
  const statuses: UploadStatus[] = [];
  const progress: Progress[] = [];
  const client = clientFor(backend, {
    transport: httpTransport,
    partsAbove: PART,
    resumeStore: memoryStore(),
    ...options,
  });
  const handle = client.uploadFile({
    projectId: 'PRJ-1',
    onStatus: (status) => statuses.push(status),
    onProgress: (report) => progress.push(report),
    ...upload,
  });
  return { handle, client, statuses, progress };
}

/** One asset with these very bytes, progress that never went back, and nothing sent that was there already. */
export async function expectWhole(backend: FakeBackend, upload: LargeUpload, content: Buffer): Promise<void> {
  const asset = await upload.handle;
  expect(asset).toMatchObject({ project_id: 'PRJ-1', file_size: content.length });
  expect(backend.assets.size).toBe(1);
  const stored = backend.storage.objects.get(`/storage/incoming/${asset.id}`) ?? Buffer.alloc(0);
  expect(sha256(stored)).toBe(sha256(content));
  expect(backend.multipart.sentAgain).toEqual([]);
  const fractions = upload.progress.map(({ fraction }) => fraction);
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  expect(upload.handle.progress).toMatchObject({
    loaded: content.length,
    confirmed: content.length,
    fraction: 1,
  });
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
