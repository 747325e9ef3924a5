import { bigintColumn } from '@slipway/platform/db/bigint-column';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export type AssetStatus = 'Processing' | 'In Review' | 'Published' | 'Rejected';

/** What the scan for malware found; `none` where nothing scans. */
export type ScanState = 'none' | 'pending' | 'clean' | 'infected';

@Entity('assets')
export class Asset {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'project_id' })
  projectId: string;

  @Column('text', { name: 'upload_id' })
  uploadId: string;

  @Column('text', { name: 'created_by' })
  createdBy: string;

  /** What people call it; the file name is in `fileName`. */
  @Column('text')
  name: string;

  @Column('text')
  status: AssetStatus;

  @Column('text', { name: 'file_name' })
  fileName: string;

  @Column('text', { name: 'file_key' })
  fileKey: string;

  @Column('bigint', { name: 'file_size', transformer: bigintColumn })
  fileSize: number;

  @Column('text', { name: 'content_type' })
  contentType: string;

  @Column('text')
  etag: string;

  @Column('text', { name: 'checksum_sha256', nullable: true })
  checksumSha256: string | null;

  /** Pixels, as seen (after EXIF orientation); null until known. */
  @Column('integer', { nullable: true })
  width: number | null;

  @Column('integer', { nullable: true })
  height: number | null;

  /** Set when the thumbnail is there, so that a list reads one table. */
  @Column('text', { name: 'thumbnail_key', nullable: true })
  thumbnailKey: string | null;

  /** Everybody may see it. */
  @Column('boolean', { name: 'is_public' })
  isPublic: boolean;

  /** From then on only editors and owners see it; null: never. */
  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  @Column('text', { name: 'scan_state' })
  scanState: ScanState;

  /** What follows `private://`: opaque, and the same for the life of the asset. */
  @Column('text', { name: 'private_ref' })
  privateRef: string;

  /** Why it was rejected. */
  @Column('text', { name: 'review_reason', nullable: true })
  reviewReason: string | null;

  /** Counts up each time its objects move to new keys. */
  @Column('integer', { name: 'key_version' })
  keyVersion: number;

  /** The folder that its objects are on their way to; null: they are not. */
  @Column('text', { name: 'moving_to', nullable: true })
  movingTo: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  @Column('timestamptz', { name: 'deleted_at', nullable: true })
  deletedAt: Date | null;
}
