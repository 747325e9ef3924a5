/**
 * What the ledger must say, by the rows: `project_rows` and `user_rows`, as the head of a statement. A pending upload
 * counts as reserved, an asset that is not deleted as used.
 */
export const LEDGER_OF_ROWS = `
  with stored as (
    select project_id, sum(file_size) as bytes, count(*) as files
      from assets where deleted_at is null group by project_id
  ), pending as (
    select project_id, sum(file_size) as bytes, count(*) as files
      from uploads where status = 'pending' group by project_id
  ), project_rows as (
    select projects.id, projects.owner_id,
           coalesce(stored.bytes, 0) as used_bytes, coalesce(pending.bytes, 0) as reserved_bytes,
           coalesce(stored.files, 0) as used_files, coalesce(pending.files, 0) as reserved_files
      from projects
      left join stored on stored.project_id = projects.id
      left join pending on pending.project_id = projects.id
  ), user_rows as (
    select users.id, users.id as owner_id,
           coalesce(sum(used_bytes), 0) as used_bytes, coalesce(sum(reserved_bytes), 0) as reserved_bytes,
           coalesce(sum(used_files), 0) as used_files, coalesce(sum(reserved_files), 0) as reserved_files
      from users left join project_rows on project_rows.owner_id = users.id
     group by users.id
  )`;
