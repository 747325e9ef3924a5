import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProjectRole } from '../shared/project-role';

export type InvitationAnswer = 'accepted' | 'declined' | 'withdrawn';

@Entity('invitations')
export class Invitation {
  @PrimaryColumn('text')
  id: string;

  @Column('text', { name: 'project_id' })
  projectId: string;

  /** In lower case. */
  @Column('text')
  email: string;

  @Column('text')
  role: ProjectRole;

  /** SHA-256 of the mailed token; null until the mail was made. */
  @Column('bytea', { name: 'token_hash', nullable: true })
  tokenHash: Buffer | null;

  @Column('text', { name: 'invited_by' })
  invitedBy: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('timestamptz', { name: 'answered_at', nullable: true })
  answeredAt: Date | null;

  @Column('text', { nullable: true })
  answer: InvitationAnswer | null;
}
