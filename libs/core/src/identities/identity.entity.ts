import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An account of an outside issuer. */
@Entity('identities')
export class Identity {
  @PrimaryColumn('text')
  issuer: string;

  @PrimaryColumn('text')
  subject: string;

  @Column('text', { name: 'user_id' })
  userId: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
