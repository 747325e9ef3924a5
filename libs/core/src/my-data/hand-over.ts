import { transferProject } from '../projects/transfer-project';
import type { Deps } from '../shared/deps';
import { DomainError } from '../shared/errors';
import type { Principal } from '../shared/principal';

export interface OtherOwner {
  userId: string;
}

const OTHERS = `
  select user_id as "userId"
    from project_members join users on users.id = project_members.user_id
   where project_id = $1 and user_id <> $2 and project_members.role = 'owner' and users.erased_at is null
   order by joined_at, user_id`;

/** Who owns the project as well, those first who have for longest; also who is suspended now. */
export const otherOwners = (
  { projectId, userId }: { projectId: string; userId: string },
  { db }: Pick<Deps, 'db'>,
): Promise<OtherOwner[]> => db.query<OtherOwner[]>(OTHERS, [projectId, userId]);

/** Lets the first of them pay who can; false where none can. */
export async function handOver(
  principal: Principal,
  { projectId, owners }: { projectId: string; owners: readonly OtherOwner[] },
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<boolean> {
  for (const { userId } of owners) {
    try {
      await transferProject(principal, { projectId, userId }, deps);
      return true;
    } catch (error) {
      if (!cannotPay(error)) throw error;
    }
  }
  return false;
}

/** No room, suspended, or gone from the project meanwhile. */
const cannotPay = (error: unknown): boolean =>
  error instanceof DomainError && (error.code === 'quota_exceeded' || error.code === 'not_found');
