import { bigintColumn } from '@slipway/platform/db/bigint-column';
import type { RenditionName } from '@slipway/platform/object-store/object-key';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export type RenditionStatus = 'pending' | 'ready' | 'failed';

@Entity('renditions')
export class Rendition {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'asset_id' })
  assetId: string;

  @Column('text')
  name: RenditionName;

  @Column('text')
  status: RenditionStatus;

  /** Why it failed, in words for the person who uploaded. */
  @Column('text', { nullable: true })
  reason: string | null;

  @Column('text')
  key: string;

  @Column('text', { name: 'content_type', nullable: true })
  contentType: string | null;

  @Column('bigint', { name: 'file_size', nullable: true, transformer: bigintColumn })
  fileSize: number | null;

  @Column('integer', { nullable: true })
  width: number | null;

  @Column('integer', { nullable: true })
  height: number | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;
}
