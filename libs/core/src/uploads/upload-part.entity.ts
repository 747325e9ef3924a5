import { bigintColumn } from '@slipway/platform/db/bigint-column';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A part as its client announced it when its URL was signed. */
@Entity('upload_parts')
export class UploadPart {
  @PrimaryColumn('text', { name: 'upload_id' })
  uploadId: string;

  /** From 1. */
  @PrimaryColumn('integer', { name: 'part_number' })
  partNumber: number;

  @Column('bigint', { name: 'file_size', transformer: bigintColumn })
  fileSize: number;

  /** Base64. */
  @Column('text', { name: 'checksum_sha256', nullable: true })
  checksumSha256: string | null;

  /** Base64. */
  @Column('text', { name: 'content_md5', nullable: true })
  contentMd5: string | null;
}
