import { announceUploads, describeUpload } from './describe-upload';

const uploading = { state: 'uploading', phase: 'uploading', size: 4_404_019 } as const;

describe('an upload in words', () => {
  it('shows progress and, once known, speed', () => {
    expect(describeUpload({ ...uploading, progress: 40, bytesPerSecond: 0 })).toBe('4.2 MB · 40%');
    expect(describeUpload({ ...uploading, progress: 40, bytesPerSecond: 1024 * 1024 })).toBe(
      '4.2 MB · 40% · 1 MB/s',
    );
  });

  it('says that the server verifies when all bytes are there', () => {
    const item = { ...uploading, phase: 'completing', progress: 99, bytesPerSecond: 1 } as const;
    expect(describeUpload(item)).toBe('4.2 MB · verifying');
  });

  it('counts for the ear what is under way, and what became of it', () => {
    expect(announceUploads([{ state: 'queued' }, { state: 'uploading' }, { state: 'failed' }])).toBe(
      'Uploading 2 files, 1 failed',
    );
    expect(announceUploads([{ state: 'done' }])).toBe('1 file uploaded');
    expect(announceUploads([{ state: 'done' }, { state: 'failed' }])).toBe('1 file uploaded, 1 failed');
    expect(announceUploads([{ state: 'failed' }, { state: 'failed' }])).toBe('2 files not uploaded');
  });
});
