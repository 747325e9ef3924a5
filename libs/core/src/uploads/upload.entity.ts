import { bigintColumn } from '@slipway/platform/db/bigint-column';
import type { PartChecksum } from '@slipway/platform/object-store/object-store';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RejectionCode, UploadStatus } from './upload';

@Entity('uploads')
export class Upload {
  @PrimaryColumn('text')
  id: string;

  /** Given out at the beginning, so that the final key is known; the asset's row comes at completion. */
  @Column('text', { name: 'asset_id' })
  assetId: string;

  @Column('text', { name: 'project_id' })
  projectId: string;

  @Column('text', { name: 'created_by' })
  createdBy: string;

  @Column('text', { name: 'file_name' })
  fileName: string;

  @Column('bigint', { name: 'file_size', transformer: bigintColumn })
  fileSize: number;

  @Column('text', { name: 'content_type' })
  contentType: string;

  /** Base64, as announced by the client; null where it announced none. */
  @Column('text', { name: 'checksum_sha256', nullable: true })
  checksumSha256: string | null;

  @Column('text', { name: 'incoming_key' })
  incomingKey: string;

  @Column('text', { name: 'file_key' })
  fileKey: string;

  /** Bytes of every part but the last; null for a single PUT. */
  @Column('bigint', { name: 'part_size', nullable: true, transformer: bigintColumn })
  partSize: number | null;

  @Column('integer', { name: 'part_count', nullable: true })
  partCount: number | null;

  @Column('text', { name: 'part_checksum', nullable: true })
  partChecksum: PartChecksum | null;

  /** The storage's name of the upload in parts; null until the first parts are signed. */
  @Column('text', { name: 'storage_upload_id', nullable: true })
  storageUploadId: string | null;

  /** The asset whose object is copied, so that nothing need be sent. */
  @Column('text', { name: 'source_asset_id', nullable: true })
  sourceAssetId: string | null;

  /** The Idempotency-Key it was begun with. */
  @Column('text', { name: 'idempotency_key', nullable: true })
  idempotencyKey: string | null;

  @Column('text')
  status: UploadStatus;

  @Column('text', { name: 'rejection_code', nullable: true })
  rejectionCode: RejectionCode | null;

  @Column('text', { name: 'rejection_detail', nullable: true })
  rejectionDetail: string | null;

  /** Token of whoever is promoting the object right now. */
  @Column('text', { nullable: true })
  claim: string | null;

  @Column('timestamptz', { name: 'claimed_until', nullable: true })
  claimedUntil: Date | null;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;
}
