import { accountOf } from '@slipway/core/shared/principal';
import { newId } from '@slipway/core/shared/ids';
import type { Scene } from './scene';

type Made = Promise<Record<string, string>>;

export async function withBystander({ world, project, people }: Scene): Made {
  await world.addMember(project, people.bystander, 'viewer');
  return {};
}

export async function withInvitation({ world, project, people }: Scene): Made {
  const invitation = newId('INV');
  await world.deps.db.query(
    `insert into invitations (id, project_id, email, role, invited_by, created_at, expires_at)
     values ($1, $2, 'invited@example.com', 'viewer', $3, now(), now() + interval '1 day')`,
    [invitation, project.id, accountOf(people.owner)],
  );
  return { invitation };
}

export async function withImport({ world, project, people }: Scene): Made {
  const made = newId('IMP');
  await world.deps.db.query(
    `insert into imports (id, project_id, created_by, address, created_at, updated_at)
     values ($1, $2, $3, 'https://files.example.com/a.png', now(), now())`,
    [made, project.id, accountOf(people.owner)],
  );
  return { import: made };
}

export async function withGallery({ world, project }: Scene): Made {
  const slug = `g-${project.id.slice(-10).toLowerCase()}`;
  await world.deps.db.query('update projects set gallery_slug = $2 where id = $1', [project.id, slug]);
  return {};
}

export async function withAssetInReview({ world, asset }: Scene): Made {
  const { db } = world.deps;
  await db.query('update projects set review = true where id = $1', [asset.projectId]);
  await db.query("update assets set status = 'In Review' where id = $1", [asset.id]);
  return {};
}

/** One that nobody has, so that it can go. */
export async function withTier({ world }: Scene): Made {
  await world.deps.db.query(
    "insert into tiers (name, max_bytes, max_file_size) values ('spare', 1, 1) on conflict do nothing",
  );
  return { name: 'spare' };
}
