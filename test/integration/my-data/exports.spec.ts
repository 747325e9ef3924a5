import { pipeline, type Readable, Transform } from 'node:stream';
import { createApiKey } from '@slipway/core/api-keys/create-api-key';
import type { Asset } from '@slipway/core/assets/asset.entity';
import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { Export } from '@slipway/core/my-data/export.entity';
import { listExports } from '@slipway/core/my-data/list-exports';
import { makeExport } from '@slipway/core/my-data/make-export';
import { removeExport } from '@slipway/core/my-data/remove-export';
import { requestExport } from '@slipway/core/my-data/request-export';
import type { Deps } from '@slipway/core/shared/deps';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { StorageError } from '@slipway/platform/object-store/storage-error';
import { describeCore } from '../../support/describe-core';
import { storageWith } from '../../support/reconcile-steps';
import { readZip } from '../../support/read-zip';
import { seedAsset } from '../../support/seed-asset';
import { storeFile } from '../../support/store-file';

const DAY_MS = 24 * 60 * 60 * 1000;

describeCore('an export of my data', (stage) => {
  const deps = () => stage.world.deps;
  const request = () => requestExport(stage.user, deps());
  const make = (exportId: string, change: Partial<Deps> = {}, lastTry = false) =>
    makeExport(systemPrincipal('job-1'), { exportId, lastTry }, { ...deps(), ...change });
  const stored = (id: string) => deps().db.manager.findOneByOrFail(Export, { id });
  const list = (by = stage.user) => listExports(by, deps());
  const store = (projectId = stage.project.id, by = stage.user): Promise<Asset> =>
    storeFile(stage.world, by, { projectId, file: stage.file });
  const jobs = (name: string) =>
    deps().db.query<{ payload: unknown; run_at: Date }[]>(
      `select payload, run_at from graphile_worker._private_jobs as jobs
         join graphile_worker._private_tasks as tasks on tasks.id = jobs.task_id
        where identifier = $1 and payload ->> 'export_id' in (select id from exports where user_id = $2)
        order by jobs.id`,
      [name, stage.user.id],
    );

  async function download(): Promise<Map<string, Buffer>> {
    const [first] = await list();
    const response = await fetch(first?.url?.url ?? '');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="slipway-[\d-]+\.zip"/,
    );
    return readZip(Buffer.from(await response.arrayBuffer()));
  }

  const json = (entries: Map<string, Buffer>, name: string) =>
    JSON.parse(entries.get(name)?.toString() ?? 'null') as Record<string, unknown>[];

  const idsIn = (entries: Map<string, Buffer>, name: string) =>
    new Set(json(entries, name).map(({ id }) => id));

  /** Breaks off in the middle of a file. */
  function cut(body: Readable): Readable {
    let left = stage.file.body.length / 2;
    const cutter = new Transform({
      transform(chunk: Buffer, _, done) {
        left -= chunk.length;
        if (left > 0) done(null, chunk);
        else done(new StorageError('unavailable', 'cut'));
      },
    });
    pipeline(body, cutter, () => undefined);
    return cutter;
  }

  test('has what the database knows of the person, and the files of their projects', async () => {
    const asset = await store();
    const { text } = await createApiKey(
      stage.user,
      { name: 'Nightly', scopes: ['assets:read'], projectId: null, expiresAt: null },
      deps(),
    );
    const host = await stage.world.newUser();
    const foreign = await stage.world.newProject(host);
    await stage.world.addMember(foreign, stage.user, 'editor');
    const mineElsewhere = await store(foreign.id);
    const foreignAsset = await store(foreign.id, host);
    await make((await request()).id);
    const entries = await download();
    const path = `files/${asset.projectId}/${asset.id}/${asset.fileName}`;
    expect([...entries.keys()].filter((name) => name.startsWith('files/'))).toEqual([path]);
    expect(entries.get(path)?.equals(stage.file.body)).toBe(true);
    expect(json(entries, 'account.json')).toMatchObject([
      { id: stage.user.id, email: stage.user.account?.email, tier: 'free' },
    ]);
    expect(json(entries, 'projects.json')).toMatchObject([{ id: stage.project.id }]);
    expect(idsIn(entries, 'memberships.json')).toEqual(new Set([stage.project.id, foreign.id]));
    expect(idsIn(entries, 'assets.json')).toEqual(new Set([asset.id, mineElsewhere.id]));
    expect(json(entries, 'api-keys.json')).toMatchObject([{ name: 'Nightly' }]);
    const actions = json(entries, 'audit-events.json').map(({ action }) => action);
    expect(actions).toEqual(expect.arrayContaining(['signed_up', 'api_key_created', 'uploaded']));
    const all = Buffer.concat([...entries.values()]).toString('latin1');
    for (const secret of [text, 'argon2', 'key_hash', 'token_hash', foreignAsset.id]) {
      expect(all).not.toContain(secret);
    }
    expect(entries.has('missing.json')).toBe(false);
  });

  test('is made once at a time', async () => {
    const first = await request();
    expect((await Promise.all([request(), request()])).map(({ id }) => id)).toEqual([first.id, first.id]);
    expect(await jobs('make-export')).toHaveLength(1);
    deps().clock.advance(DAY_MS);
    expect((await request()).id).not.toBe(first.id);
  });

  test('takes the place of the last one', async () => {
    const first = await request();
    await make(first.id);
    const second = await request();
    const [removal] = await jobs('remove-export');
    expect(removal).toMatchObject({ payload: { export_id: first.id }, run_at: deps().clock.now() });
    await removeExport({ exportId: first.id }, deps());
    expect(await list()).toMatchObject([
      { export: { id: second.id, status: 'pending' }, url: null },
      { export: { id: first.id, status: 'expired' }, url: null },
    ]);
    expect(await deps().objects.head(first.key)).toBeNull();
  });

  test('is there for a week, and then for nobody', async () => {
    const { id, key } = await request();
    const [before] = await jobs('remove-export');
    expect(Number(before?.run_at)).toBe(deps().clock.now().getTime() + 8 * DAY_MS);
    await make(id);
    const { expiresAt } = await stored(id);
    const [after, ...more] = await jobs('remove-export');
    expect([after?.run_at, more]).toEqual([expiresAt, []]);
    expect(Number(expiresAt)).toBe(deps().clock.now().getTime() + 7 * DAY_MS);
    expect((await list())[0]?.url).not.toBeNull();
    deps().clock.advance(7 * DAY_MS);
    expect((await list())[0]?.url).toBeNull();
    await removeExport({ exportId: id }, deps());
    await removeExport({ exportId: id }, deps());
    expect([(await stored(id)).status, await deps().objects.head(key)]).toEqual(['expired', null]);
  });

  test('is seen by its person only, and each URL is on record', async () => {
    const { id } = await request();
    await make(id);
    expect(await list(await stage.world.newUser())).toEqual([]);
    await list();
    const events = await deps().db.manager.find(AuditEvent, {
      where: [{ actorId: stage.user.id }, { actorId: 'system', action: 'export_made' }],
      order: { seq: 'ASC' },
    });
    const about = events.filter(({ details }) => details['export_id'] === id);
    expect(about.map(({ action, actorKind }) => [actorKind, action])).toEqual([
      ['user', 'export_requested'],
      ['system', 'export_made'],
      ['user', 'accessed'],
    ]);
  });

  test('tells of files that are not there, break off, or may not be had, and has the others', async () => {
    const [lost, broken, refused, good] = [await store(), await store(), await store(), await store()];
    const infected = await store();
    await deps().objects.delete(lost.fileKey);
    await deps().db.query(`update assets set scan_state = 'infected' where id = $1`, [infected.id]);
    const objects = storageWith(deps().objects, {
      openRead: async (key) => {
        if (key === refused.fileKey) throw new StorageError('refused', 'no');
        const body = await deps().objects.openRead(key);
        return key === broken.fileKey ? cut(body) : body;
      },
    });
    await make((await request()).id, { objects });
    const entries = await download();
    const reasons = json(entries, 'missing.json').map(({ asset_id, reason }) => [asset_id, reason]);
    expect(Object.fromEntries(reasons)).toEqual({
      [lost.id]: 'not_in_storage',
      [broken.id]: 'storage_failed',
      [refused.id]: 'storage_failed',
      [infected.id]: 'infected',
    });
    const files = [...entries.keys()].filter((name) => name.startsWith('files/'));
    expect(new Set(files.map((name) => name.split('/')[2]))).toEqual(new Set([broken.id, good.id]));
  });

  test.each([
    ['../../../etc/passwd', '.._.._.._etc_passwd'],
    ['..', '_'],
    ['C:\\Windows\\x.png', 'C__Windows_x.png'],
    ['a\u202Egnp.exe', 'a_gnp.exe'],
    ['dots. . ', 'dots_'],
    ['what?<is>*|"this".png', 'what__is____this_.png'],
    ['фото 🦭.png', 'фото 🦭.png'],
  ])('gives %j no way out of its folder', async (fileName, expected) => {
    const asset = await store();
    await deps().db.query('update assets set file_name = $2 where id = $1', [asset.id, fileName]);
    await make((await request()).id);
    const entries = await download();
    expect([...entries.keys()]).toContain(`files/${asset.projectId}/${asset.id}/${expected}`);
  });

  test('that dies is made anew, and leaves no parts behind', async () => {
    const { id, key } = await request();
    const away = () => Promise.reject(new StorageError('unavailable', 'away'));
    const objects = storageWith(deps().objects, { putPart: away, abortMultipart: away });
    await expect(make(id, { objects })).rejects.toThrow('away');
    expect((await deps().objects.listMultiparts(key)).uploads).toHaveLength(1);
    expect((await stored(id)).status).toBe('pending');
    await make(id);
    expect((await stored(id)).status).toBe('ready');
    expect((await deps().objects.listMultiparts(key)).uploads).toEqual([]);
  });

  test('fails after its last try, with a reason, and can be asked for again', async () => {
    const { id } = await request();
    const away = () => Promise.reject(new StorageError('unavailable', 'away'));
    const objects = storageWith(deps().objects, { completeMultipart: away });
    await expect(make(id, { objects }, true)).rejects.toThrow('away');
    expect(await stored(id)).toMatchObject({ status: 'failed', reason: expect.any(String) });
    expect((await request()).id).not.toBe(id);
  });

  test('that is ended while it is made leaves nothing', async () => {
    const { id, key } = await request();
    const blind = storageWith(deps().objects, { abortMultipart: async () => undefined });
    const objects = storageWith(deps().objects, {
      // The removal finds no object yet, which is made a moment later.
      completeMultipart: async (upload, parts) => {
        await removeExport({ exportId: id }, { ...deps(), objects: blind });
        return deps().objects.completeMultipart(upload, parts);
      },
    });
    await make(id, { objects });
    expect([(await stored(id)).status, await deps().objects.head(key)]).toEqual(['expired', null]);
  });

  test('stops with its worker, to be made by another', async () => {
    await store();
    const { id } = await request();
    const stop = new AbortController();
    const objects = storageWith(deps().objects, {
      openRead: async (key) => {
        stop.abort(new Error('the worker stops'));
        return deps().objects.openRead(key);
      },
    });
    const input = { exportId: id, lastTry: true, signal: stop.signal };
    await expect(makeExport(systemPrincipal(), input, { ...deps(), objects })).rejects.toThrow(
      'worker stops',
    );
    expect((await stored(id)).status).toBe('pending');
  });

  test('of an account without files has its documents', async () => {
    await make((await request()).id);
    const entries = await download();
    expect([...entries.keys()].toSorted()).toEqual([
      'account.json',
      'api-keys.json',
      'assets.json',
      'audit-events.json',
      'identities.json',
      'imports.json',
      'invitations.json',
      'memberships.json',
      'projects.json',
      'sessions.json',
      'shares.json',
    ]);
    expect(json(entries, 'assets.json')).toEqual([]);
  });

  test('reads more rows than one page holds', async () => {
    const place = { projectId: stage.project.id, createdBy: String(stage.user.account?.id) };
    for (let made = 0; made < 501; made += 1) await seedAsset(place, deps());
    await deps().db.query(`update assets set scan_state = 'infected' where created_by = $1`, [
      place.createdBy,
    ]);
    await make((await request()).id);
    const entries = await download();
    expect(json(entries, 'assets.json')).toHaveLength(501);
    expect(json(entries, 'missing.json')).toHaveLength(501);
  });
});
