import { createProject } from '@slipway/core/projects/create-project';
import type { Project } from '@slipway/core/projects/project.entity';
import { accountOf, type Principal } from '@slipway/core/shared/principal';
import type { Asset } from '@slipway/core/assets/asset.entity';
import type { Upload } from '@slipway/core/uploads/upload.entity';
import { newId } from '@slipway/core/shared/ids';
import type { CoreWorld } from '../../support/core-world';
import { seedAsset, seedUpload } from '../../support/seed-asset';

/** The people of the matrix: made once, since passwords are slow to hash on purpose. */
export interface People {
  owner: Principal;
  editor: Principal;
  viewer: Principal;
  stranger: Principal;
  /** Whom one asset is shared to. */
  guest: Principal;
  admin: Principal;
  suspended: Principal;
  /** Somebody whom calls are about, and who makes none. */
  bystander: Principal;
}

export const PEOPLE = [
  'owner',
  'editor',
  'viewer',
  'stranger',
  'guest',
  'admin',
  'suspended',
  'bystander',
] as const;

export type Person = (typeof PEOPLE)[number];

export async function newPeople(world: CoreWorld): Promise<People> {
  const people = Object.fromEntries(
    await Promise.all(PEOPLE.map(async (person) => [person, await world.newUser()] as const)),
  ) as Record<Person, Principal>;
  await world.deps.db.query(`update users set role = 'admin' where id = $1`, [people.admin.id]);
  return people;
}

/** After the last sign-in: what was given out before must be worth nothing either. */
export async function suspend({ deps }: CoreWorld, { suspended }: People): Promise<void> {
  await deps.db.query('update users set suspended_at = now() where id = $1', [suspended.id]);
}

/** One project with all that routes can be about; made anew for each call, so that no call sees what another did. */
export interface Scene {
  world: CoreWorld;
  people: People;
  project: Project;
  asset: Asset;
  /** Of the asset, to the guest. */
  shareId: string;
  /** Begun by whoever calls, so that it is theirs to finish. */
  upload: Upload;
  /** Of the audit trail: the making of the project. */
  eventId: string;
  /** Who calls; null for nobody. */
  caller: Principal | null;
  /** Ids of what a case needs besides. */
  made: Record<string, string>;
}

export async function newScene(world: CoreWorld, people: People, caller: Principal | null): Promise<Scene> {
  const { deps } = world;
  // An account has room for fifty, and each caller is given one.
  await deps.db.query('delete from api_keys');
  const { project } = await createProject(people.owner, { name: 'Matrix' }, deps);
  await world.addMember(project, people.editor, 'editor');
  await world.addMember(project, people.viewer, 'viewer');
  const place = { projectId: project.id, createdBy: accountOf(people.owner) };
  const asset = await seedAsset(place, deps);
  const shareId = await shareToGuest(asset, people, world);
  const createdBy = caller?.account?.id ?? place.createdBy;
  const upload = await seedUpload({ ...place, createdBy }, deps);
  const [event] = await deps.db.query<{ id: string }[]>('select id from audit_events where project_id = $1', [
    project.id,
  ]);
  return { world, people, project, asset, shareId, upload, eventId: event?.id ?? '', caller, made: {} };
}

async function shareToGuest(asset: Asset, { guest, owner }: People, { deps }: CoreWorld): Promise<string> {
  const id = newId('SHR');
  await deps.db.query(
    `insert into shares (id, project_id, asset_id, kind, email, created_by, created_at)
     values ($1, $2, $3, 'user', lower($4), $5, now())`,
    [id, asset.projectId, asset.id, guest.account?.email, accountOf(owner)],
  );
  return id;
}
