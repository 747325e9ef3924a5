import { bigintColumn } from '@slipway/platform/db/bigint-column';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The limits of an account: data, read by the statements that hold to them, so that a change holds at once. */
@Entity('tiers')
export class Tier {
  @PrimaryColumn('text')
  name: string;

  /** Of all projects that the account pays for. */
  @Column('bigint', { name: 'max_bytes', transformer: bigintColumn })
  maxBytes: number;

  @Column('bigint', { name: 'max_file_size', transformer: bigintColumn })
  maxFileSize: number;

  /** Null, here and below: no limit of the kind. */
  @Column('bigint', { name: 'max_files', nullable: true, transformer: bigintColumn })
  maxFiles: number | null;

  @Column('bigint', { name: 'max_project_bytes', nullable: true, transformer: bigintColumn })
  maxProjectBytes: number | null;

  @Column('bigint', { name: 'max_project_files', nullable: true, transformer: bigintColumn })
  maxProjectFiles: number | null;

  /** Null: as configured. */
  @Column('integer', { name: 'requests_per_minute', nullable: true })
  requestsPerMinute: number | null;

  /** Null: as long as a storage allows. */
  @Column('integer', { name: 'max_access_url_seconds', nullable: true })
  maxAccessUrlSeconds: number | null;
}
