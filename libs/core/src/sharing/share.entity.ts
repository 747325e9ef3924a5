import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('shares')
export class Share {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'project_id' })
  projectId: string;

  @Column('text', { name: 'asset_id' })
  assetId: string;

  @Column('text')
  kind: 'user' | 'link';

  /** Lower case; null for links. */
  @Column('text', { nullable: true })
  email: string | null;

  /** SHA-256 of the token; null for people. */
  @Column('bytea', { name: 'token_hash', nullable: true })
  tokenHash: Buffer | null;

  /** PHC string of argon2id; null: it asks for none. */
  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash: string | null;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  /** Null: as often as one likes. */
  @Column('integer', { name: 'max_downloads', nullable: true })
  maxDownloads: number | null;

  @Column('integer')
  downloads: number;

  @Column('text', { name: 'created_by' })
  createdBy: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;
}
