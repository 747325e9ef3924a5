import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `reuse`: a refresh token was shown twice, so that somebody has a copy. `password`: it was changed or reset. */
export type SessionEnd = 'logout' | 'reuse' | 'password' | 'suspended' | 'erased';

/** One device that is signed in: the family of its refresh tokens, of which one is good at a time. */
@Entity('sessions')
export class Session {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'user_id' })
  userId: string;

  /** SHA-256 of the refresh token that is good now. */
  @Column('bytea', { name: 'token_hash' })
  tokenHash: Buffer;

  /** Where the device last renewed it from. */
  @Column('text', { nullable: true })
  ip: string | null;

  @Column('text', { name: 'user_agent', nullable: true })
  userAgent: string | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'last_used_at' })
  lastUsedAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;

  @Column('text', { name: 'ended_because', nullable: true })
  endedBecause: SessionEnd | null;
}
