import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Scope } from '../shared/scope';

@Entity('api_keys')
export class ApiKey {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'user_id' })
  userId: string;

  /** The only project it opens; null: all of its account. */
  @Column('text', { name: 'project_id', nullable: true })
  projectId: string | null;

  @Column('text')
  name: string;

  /** The beginning of the key, by which people tell theirs apart. */
  @Column('text')
  prefix: string;

  /** SHA-256 of the key. */
  @Column('bytea', { name: 'key_hash' })
  keyHash: Buffer;

  @Column('text', { array: true })
  scopes: Scope[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'expires_at', nullable: true })
  expiresAt: Date | null;

  /** To the minute. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;
}
