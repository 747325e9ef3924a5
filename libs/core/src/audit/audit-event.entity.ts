import { bigintColumn } from '@slipway/platform/db/bigint-column';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AuditAction, AuditDetails } from '../shared/audit-writer';
import type { Principal } from '../shared/principal';

/** What traces and names people. Besides these, what the event itself tells of them. */
export type AuditPersonal = AuditDetails & { ip?: string; user_agent?: string };

/** As it is read; written by `insertEvents`, and never changed but by the two functions of the database. */
@Entity('audit_events')
export class AuditEvent {
  @PrimaryColumn('text')
  id: string;

  @Column('bigint', { transformer: bigintColumn })
  seq: number;

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

  @Column('text', { name: 'request_id', nullable: true })
  requestId: string | null;

  @Column('text')
  result: 'success' | 'refused';

  @Column('text', { nullable: true })
  reason: string | null;

  @Column('json')
  details: AuditDetails;

  /** Null: erased. */
  @Column('json', { nullable: true })
  personal: AuditPersonal | null;
}
