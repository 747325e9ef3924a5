import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProjectRole } from '../shared/project-role';

@Entity('project_members')
export class ProjectMember {
  @PrimaryColumn('text', { name: 'project_id' })
  projectId: string;

  @PrimaryColumn('text', { name: 'user_id' })
  userId: string;

  @Column('text')
  role: ProjectRole;

  @Column('timestamptz', { name: 'joined_at' })
  joinedAt: Date;
}
