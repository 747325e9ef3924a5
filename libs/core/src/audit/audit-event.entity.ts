import type { Principal } from '../shared/principal';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const AUDIT_ACTIONS = [
  'signed_up',
  'project_created',
  'project_updated',
  'upload_begun',
  'uploaded',
  'upload_rejected',
  'upload_cancelled',
  'upload_expired',
  'renamed',
  'accessed',
  'deleted',
  'reconciled',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Small facts about the act, flat, so that they can be searched and exported. */
export type AuditDetails = Record<string, string | number | null>;

@Entity('audit_events')
export class AuditEvent {
  @PrimaryColumn('text')
  id: string;

  @Column('timestamptz')
  at: Date;

  @Column('text')
  action: AuditAction;

  @Column('text', { name: 'actor_kind' })
  actorKind: Principal['kind'];

  @Column('text', { name: 'actor_id' })
  actorId: string;

  @Column('text', { name: 'project_id', nullable: true })
  projectId: string | null;

  @Column('text', { name: 'asset_id', nullable: true })
  assetId: string | null;

  @Column('text', { nullable: true })
  ip: string | null;

  @Column('text', { name: 'user_agent', nullable: true })
  userAgent: string | null;

  @Column('text', { name: 'request_id', nullable: true })
  requestId: string | null;

  @Column('text')
  result: 'success' | 'refused';

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('jsonb')
  details: AuditDetails;
}
