import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import type { ProjectRole } from '../shared/project-role';

/** An invitation as whoever is invited sees it. */
export interface MyInvitation {
  id: string;
  projectId: string;
  projectName: string;
  role: ProjectRole;
  /** What they are called. */
  invitedBy: string;
  expiresAt: Date;
}

/** Whoever has more was invited by a machine. */
const MOST = 100;

const FIND = `
  select invitations.id, project_id as "projectId", projects.name as "projectName", invitations.role,
         users.name as "invitedBy", invitations.expires_at as "expiresAt"
    from invitations
    join projects on projects.id = invitations.project_id
    join users on users.id = invitations.invited_by
   where invitations.email = $1 and answered_at is null and invitations.expires_at > $2
   order by invitations.created_at desc, invitations.id desc limit ${MOST}`;

/** What the caller's address is invited to; nothing while nobody knows that it is theirs. */
export async function myInvitations(
  { account }: Principal,
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
): Promise<MyInvitation[]> {
  if (account === null || !account.emailTrusted) return [];
  return db.query<MyInvitation[]>(FIND, [account.email.toLowerCase(), clock.now()]);
}
