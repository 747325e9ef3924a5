import { bigintColumn } from '@slipway/platform/db/bigint-column';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('users')
export class User {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  email: string;

  @Column('text')
  name: string;

  /** PHC string of argon2id; null for somebody who signs in elsewhere. */
  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash: string | null;

  @Column('timestamptz', { name: 'email_verified_at', nullable: true })
  emailVerifiedAt: Date | null;

  @Column('timestamptz', { name: 'suspended_at', nullable: true })
  suspendedAt: Date | null;

  @Column('timestamptz', { name: 'erased_at', nullable: true })
  erasedAt: Date | null;

  /** Access tokens issued before are refused. */
  @Column('timestamptz', { name: 'tokens_valid_from', nullable: true })
  tokensValidFrom: Date | null;

  /** In place of the tier's. Bytes. */
  @Column('bigint', { name: 'max_bytes', nullable: true, transformer: bigintColumn })
  maxBytes: number | null;

  @Column('text')
  role: 'user' | 'admin';

  @Column('text')
  tier: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
