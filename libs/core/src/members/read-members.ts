import type { EntityManager } from 'typeorm';
import { decodeCursor, type Page, type PageRequest, toPage } from '../shared/page';
import type { ProjectRole } from '../shared/project-role';

/** A member as the other members see them. */
export interface Member {
  userId: string;
  name: string;
  email: string;
  role: ProjectRole;
  /** Whether the project's files count against their quota. */
  isPayer: boolean;
  joinedAt: Date;
}

interface MemberRow {
  user_id: string;
  name: string;
  email: string;
  role: ProjectRole;
  is_payer: boolean;
  joined_at: Date;
}

const MEMBERS = `
  select members.user_id, users.name, users.email, members.role, members.joined_at,
         projects.owner_id = members.user_id as is_payer
    from project_members as members
    join users on users.id = members.user_id
    join projects on projects.id = members.project_id
   where members.project_id = $1`;

const ONE = `${MEMBERS} and members.user_id = $2`;

const PAGE = `
  ${MEMBERS} and ($2::timestamptz is null or (members.joined_at, members.user_id) < ($2, $3))
   order by members.joined_at desc, members.user_id desc limit $4`;

const toMember = (row: MemberRow): Member => ({
  userId: row.user_id,
  name: row.name,
  email: row.email,
  role: row.role,
  isPayer: row.is_payer,
  joinedAt: row.joined_at,
});

export async function findMember(
  db: EntityManager,
  { projectId, userId }: { projectId: string; userId: string },
): Promise<Member | null> {
  const [row] = await db.query<MemberRow[]>(ONE, [projectId, userId]);
  return row ? toMember(row) : null;
}

/** Whoever joined last comes first. */
export async function readMembers(
  db: EntityManager,
  { projectId, limit, cursor }: PageRequest & { projectId: string },
): Promise<Page<Member>> {
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const values = [projectId, after?.createdAt ?? null, after?.id ?? null, limit + 1];
  const found = (await db.query<MemberRow[]>(PAGE, values)).map(toMember);
  const { rows, nextCursor } = toPage(
    found.map((member) => ({ member, id: member.userId, createdAt: member.joinedAt })),
    limit,
  );
  return { rows: rows.map(({ member }) => member), nextCursor };
}
