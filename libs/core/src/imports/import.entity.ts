import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ErrorCode } from '../shared/errors';

export type ImportStatus = 'pending' | 'completed' | 'failed';

/** A file that is copied from an old address. */
@Entity('imports')
export class Import {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'project_id' })
  projectId: string;

  @Column('text', { name: 'created_by' })
  createdBy: string;

  /** As `normaliseAddress` writes it. */
  @Column('text')
  address: string;

  /** What the asset is to be called; null: by its file name. */
  @Column('text', { nullable: true })
  name: string | null;

  @Column('text')
  status: ImportStatus;

  /** Of the last attempt that had the file. */
  @Column('text', { name: 'upload_id', nullable: true })
  uploadId: string | null;

  @Column('text', { name: 'asset_id', nullable: true })
  assetId: string | null;

  /** Why it failed: for programs, and in words for the person who asked. */
  @Column('text', { nullable: true })
  code: ErrorCode | null;

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;
}
