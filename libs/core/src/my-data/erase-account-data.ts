import { User } from '../accounts/user.entity';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { dissolveProject } from './dissolve-project';
import { forgetPerson } from './forget-person';
import { handOver, type OtherOwner, otherOwners } from './hand-over';

export interface ErasedAccount {
  /** Projects with other owners of whom none has room: they stay with what is left of the account until one has. */
  unpaid: string[];
}

type EraseDeps = Pick<Deps, 'db' | 'clock'>;

/**
 * Erases what belongs to an account that has ended: hands projects over to other owners, dissolves the rest, and takes
 * away whatever names the person. It may die anywhere, and be repeated. Does nothing for an account that has not ended.
 */
export async function eraseAccountData(
  principal: Principal,
  { userId, signal }: { userId: string; signal?: AbortSignal | undefined },
  deps: EraseDeps,
): Promise<ErasedAccount> {
  const user = await deps.db.manager.findOneBy(User, { id: userId });
  if (!user?.erasedAt) return { unpaid: [] };
  const unpaid: string[] = [];
  for (const projectId of await projectsOf(userId, deps)) {
    signal?.throwIfAborted();
    const owners = await otherOwners({ projectId, userId }, deps);
    if (await settle(principal, { projectId, owners, signal }, deps)) continue;
    unpaid.push(projectId);
  }
  await forgetPerson(principal, userId, deps);
  return { unpaid };
}

async function projectsOf(userId: string, { db }: Pick<Deps, 'db'>): Promise<string[]> {
  const rows = await db.query<{ id: string }[]>('select id from projects where owner_id = $1 order by id', [
    userId,
  ]);
  return rows.map(({ id }) => id);
}

/** False where the project can be neither: others own it as well, and cannot pay. */
async function settle(
  principal: Principal,
  {
    projectId,
    owners,
    signal,
  }: { projectId: string; owners: readonly OtherOwner[]; signal: AbortSignal | undefined },
  deps: EraseDeps,
): Promise<boolean> {
  if (owners.length > 0) return handOver(principal, { projectId, owners }, deps);
  await dissolveProject(principal, { projectId, signal }, deps);
  return true;
}
