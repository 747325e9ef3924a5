import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('users')
export class User {
  @PrimaryColumn('text')
  id: string;

  @Column('text')
  email: string;

  @Column('text')
  name: string;

  /** PHC string of argon2id. */
  @Column('text', { name: 'password_hash' })
  passwordHash: string;

  @Column('text')
  role: 'user' | 'admin';

  @Column('text')
  tier: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
