import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('projects')
export class Project {
  @PrimaryColumn('text')
  id: string;

  /** The member who pays: whose quota its files count against. */
  @Column('text', { name: 'owner_id' })
  ownerId: string;

  @Column('text')
  name: string;

  /** Whether an upload of bytes the project already has takes them from there. */
  @Column('boolean')
  deduplicate: boolean;

  /** Whether assets wait for a person before viewers see them. */
  @Column('boolean')
  review: boolean;

  @Column('timestamptz', { name: 'archived_at', nullable: true })
  archivedAt: Date | null;

  /** Where its public gallery is; null: it has none. */
  @Column('text', { name: 'gallery_slug', nullable: true })
  gallerySlug: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;
}
