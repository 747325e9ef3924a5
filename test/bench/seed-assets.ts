import { objectKey } from '@slipway/platform/object-store/object-key';
import { Client } from 'pg';

export interface Seed {
  projectId: string;
  count: number;
}

const MARK = 'AST-mark';

/** One upload and one asset a row, with a thumbnail; the ids sort as they would have been given out. */
const SEED = `
  with owner as (select owner_id from projects where id = $1),
       made as (
         select 'UPL-' || right($1, 10) || lpad(n::text, 16, '0') as upload_id,
                'AST-' || right($1, 10) || lpad(n::text, 16, '0') as asset_id,
                timestamptz '2026-01-01' + n * interval '1 second' as at
           from generate_series(1, $2::int) as n),
       uploaded as (
         insert into uploads (id, asset_id, project_id, created_by, file_name, file_size, content_type, incoming_key,
                              file_key, status, expires_at, created_at, updated_at)
         select upload_id, asset_id, $1, owner_id, 'photo.jpg', 1, 'image/jpeg', 'incoming/' || upload_id,
                replace($3, '${MARK}', asset_id), 'completed', at, at, at from made, owner),
       counted as (
         update usage set used_bytes = used_bytes + $2, used_files = used_files + $2
           from owner where user_id = owner_id),
       counted_in_project as (
         update project_usage set used_bytes = used_bytes + $2, used_files = used_files + $2 where project_id = $1)
  insert into assets (id, project_id, upload_id, created_by, name, status, file_name, file_key, file_size, content_type,
                      etag, width, height, thumbnail_key, private_ref, created_at, updated_at)
  select asset_id, $1, upload_id, owner_id, 'Photo', 'Published', 'photo.jpg', replace($3, '${MARK}', asset_id), 1,
         'image/jpeg', 'etag', 4000, 3000, replace($4, '${MARK}', asset_id), asset_id, at, at
    from made, owner`;

/** Fills a project with rows as completed uploads leave them; there are no objects behind them. */
export async function seedAssets(databaseUrl: string, { projectId, count }: Seed): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const original = objectKey.original(projectId, MARK, 'photo.jpg');
    const thumbnail = objectKey.rendition(original, 'thumbnail');
    // The rows refer to each other rightly: to have that checked row by row would take longer than all the rest.
    await client.query('set session_replication_role = replica');
    await client.query(SEED, [projectId, count, original, thumbnail]);
    await client.query('analyze uploads, assets');
  } finally {
    await client.end();
  }
}
