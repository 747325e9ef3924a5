import { bigintColumn } from '@slipway/platform/db/bigint-column';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `pending` until its job is done; `expired` when its file is gone again. */
export type ExportStatus = 'pending' | 'ready' | 'failed' | 'expired';

/** A file with all of somebody's data. */
@Entity('exports')
export class Export {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'user_id' })
  userId: string;

  @Column('text')
  status: ExportStatus;

  @Column('text')
  key: string;

  /** Null until it is ready. */
  @Column('bigint', { name: 'file_size', nullable: true, transformer: bigintColumn })
  fileSize: number | null;

  /** Why it failed, for whoever asked. */
  @Column('text', { nullable: true })
  reason: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;

  /** When the file goes; null until it is ready. */
  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;
}
