import { createApiKey } from '@slipway/core/api-keys/create-api-key';
import type { Asset } from '@slipway/core/assets/asset.entity';
import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { purgeAssetObjects } from '@slipway/core/assets/purge-asset-objects';
import { User } from '@slipway/core/accounts/user.entity';
import { eraseAccount, type EraseAccountInput } from '@slipway/core/my-data/erase-account';
import { eraseAccountData } from '@slipway/core/my-data/erase-account-data';
import { listExports } from '@slipway/core/my-data/list-exports';
import { makeExport } from '@slipway/core/my-data/make-export';
import { removeExport } from '@slipway/core/my-data/remove-export';
import { requestExport } from '@slipway/core/my-data/request-export';
import { Project } from '@slipway/core/projects/project.entity';
import { ProjectMember } from '@slipway/core/projects/project-member.entity';
import { proveLedger } from '@slipway/core/quotas/prove-ledger';
import { accountOf, type Principal, systemPrincipal } from '@slipway/core/shared/principal';
import { Upload } from '@slipway/core/uploads/upload.entity';
import { PASSWORD_OF_TESTS } from '../../support/core-world';
import { describeCore } from '../../support/describe-core';
import { runDueJobs } from '../../support/run-due-jobs';
import { storeFile } from '../../support/store-file';
import { begin } from '../../support/upload-steps';

describeCore('erasing an account', (stage) => {
  const deps = () => stage.world.deps;
  const db = () => deps().db.manager;
  const seconds = () => Math.floor(deps().clock.now().getTime() / 1000);
  const erase = (input: Partial<EraseAccountInput> = {}, by: Principal = stage.user) =>
    eraseAccount(
      by,
      { password: PASSWORD_OF_TESTS, tokenIssuedAt: seconds(), addressBlock: '127.0.0.1', ...input },
      deps(),
    );
  const eraseData = (userId = accountOf(stage.user)) =>
    eraseAccountData(systemPrincipal('job-1'), { userId }, deps());
  const store = (projectId = stage.project.id, by = stage.user): Promise<Asset> =>
    storeFile(stage.world, by, { projectId, file: stage.file });
  const userOf = (principal: Principal) => db().findOneByOrFail(User, { id: accountOf(principal) });
  const projectOf = (id: string) => db().findOneByOrFail(Project, { id });
  const count = async (table: string, where: string, value: unknown) =>
    Number(
      (await db().query<{ count: string }[]>(`select count(*) from ${table} where ${where}`, [value]))[0]
        ?.count,
    );
  const newOwner = async (project = stage.project): Promise<Principal> => {
    const other = await stage.world.newUser();
    await stage.world.addMember(project, other, 'owner');
    return other;
  };
  const purge = () =>
    runDueJobs(
      deps().db,
      {
        'purge-asset-objects': ({ asset_id: assetId }) => purgeAssetObjects({ assetId }, deps()),
        'remove-export': ({ export_id: exportId }) => removeExport({ exportId }, deps()),
        'discard-object': ({ key }) => deps().objects.delete(key),
      },
      new Date(deps().clock.now().getTime() + 1000),
    );

  afterEach(async () => {
    await db().query(`update users set role = 'user'`);
  });

  describe('ends it at once', () => {
    test('with its sessions, keys and tokens, on record, and asks for the rest by a job', async () => {
      const id = accountOf(stage.user);
      await createApiKey(
        stage.user,
        { name: 'Nightly', scopes: ['assets:read'], projectId: null, expiresAt: null },
        deps(),
      );
      await db().query(
        `insert into sessions (id, user_id, token_hash, created_at, last_used_at, expires_at)
         values ($1, $2, $3, now(), now(), now() + interval '1 day')`,
        [`SES-${id}`, id, Buffer.from(id)],
      );
      await Promise.all([erase(), erase()]).catch(() => undefined);
      const now = deps().clock.now();
      expect(await userOf(stage.user)).toMatchObject({
        erasedAt: now,
        tokensValidFrom: now,
        passwordHash: null,
      });
      expect(await count('sessions', 'user_id = $1 and ended_at is null', id)).toBe(0);
      expect(await count('api_keys', 'user_id = $1 and revoked_at is null', id)).toBe(0);
      expect(await stage.world.waitingJobs('erase-account')).toContainEqual({ user_id: id });
      const events = await db().findBy(AuditEvent, {
        actorId: id,
        action: 'account_erased',
        result: 'success',
      });
      expect(events).toHaveLength(1);
    });

    test.each([null, '', 'wrong horse'])(
      'not by the password %j, and says so on record',
      async (password) => {
        await expect(erase({ password })).rejects.toMatchObject({ code: 'invalid_credentials' });
        expect((await userOf(stage.user)).erasedAt).toBeNull();
        const [event] = await db().findBy(AuditEvent, { actorId: stage.user.id, action: 'account_erased' });
        expect(event).toMatchObject({ result: 'refused', reason: 'invalid_credentials' });
      },
    );

    test('without a password by a token of the last five minutes', async () => {
      await db().update(User, accountOf(stage.user), { passwordHash: null });
      await expect(erase({ password: null, tokenIssuedAt: seconds() - 300 })).rejects.toMatchObject({
        code: 'unauthenticated',
      });
      await erase({ password: null, tokenIssuedAt: seconds() - 290 });
      expect((await userOf(stage.user)).erasedAt).not.toBeNull();
    });

    test('unless it is the only administrator; of two at once one stays', async () => {
      const other = await stage.world.newUser();
      await db().update(User, [accountOf(stage.user), accountOf(other)], { role: 'admin' });
      const asked = await Promise.allSettled([erase(), erase({}, other)]);
      expect(asked.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(asked.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'last_owner' },
      });
    });
  });

  test('does nothing to an account that has not ended', async () => {
    const asset = await store();
    await eraseData();
    expect((await userOf(stage.user)).email).toBe(stage.user.account?.email);
    expect(await count('assets', 'id = $1 and deleted_at is null', asset.id)).toBe(1);
  });

  test('deletes what is in its projects, from rows and storage, and gives the bytes back', async () => {
    const asset = await store();
    const pending = await begin(stage.world, stage.user, { projectId: stage.project.id, file: stage.file });
    const editor = await stage.world.newUser();
    await stage.world.addMember(stage.project, editor, 'editor');
    const theirs = await store(stage.project.id, editor);
    await erase();
    await eraseData();
    await purge();
    expect(await stage.usage()).toEqual({ used: 0, reserved: 0, files: 0 });
    expect(await proveLedger(deps())).toEqual([]);
    expect(await projectOf(stage.project.id)).toMatchObject({ name: 'Erased', archivedAt: expect.any(Date) });
    expect(await count('project_members', 'project_id = $1', stage.project.id)).toBe(0);
    for (const { fileKey } of [asset, theirs]) expect(await deps().objects.head(fileKey)).toBeNull();
    const upload = await db().findOneByOrFail(Upload, { id: pending.upload.id });
    expect([upload.status, upload.fileName]).toEqual(['cancelled', 'erased']);
    const left = await db().query<object[]>('select * from assets where project_id = $1', [stage.project.id]);
    expect(JSON.stringify(left)).not.toContain(stage.file.name);
  });

  test('hands a project with another owner over to who has owned it for longest, with all that is in it', async () => {
    const asset = await store();
    const heir = await newOwner();
    deps().clock.advance(1000);
    await newOwner();
    await erase();
    await eraseData();
    expect((await projectOf(stage.project.id)).ownerId).toBe(accountOf(heir));
    expect(await count('assets', 'id = $1 and deleted_at is null', asset.id)).toBe(1);
    expect(await proveLedger(deps())).toEqual([]);
    const members = await db().findBy(ProjectMember, { projectId: stage.project.id });
    expect(members.map(({ userId }) => userId)).not.toContain(accountOf(stage.user));
  });

  test('leaves a project to its other owners of whom none has room, until one has', async () => {
    await store();
    const heir = await newOwner();
    await db().query('update users set max_bytes = 0 where id = $1', [accountOf(heir)]);
    await erase();
    expect(await eraseData()).toEqual({ unpaid: [stage.project.id] });
    expect(await proveLedger(deps())).toEqual([]);
    expect(await projectOf(stage.project.id)).toMatchObject({ archivedAt: null, name: 'Test' });
    expect(await count('project_members', 'user_id = $1', accountOf(stage.user))).toBe(0);
    await db().query('update users set max_bytes = null where id = $1', [accountOf(heir)]);
    expect(await eraseData()).toEqual({ unpaid: [] });
    expect((await projectOf(stage.project.id)).ownerId).toBe(accountOf(heir));
  });

  test('takes away who they were: name, address, memberships, invitations, shares, identities', async () => {
    const id = accountOf(stage.user);
    const email = String(stage.user.account?.email);
    const host = await stage.world.newUser();
    const foreign = await stage.world.newProject(host);
    await stage.world.addMember(foreign, stage.user, 'editor');
    const asset = await store(foreign.id, host);
    const invite = (address: string, by: string) =>
      db().query(
        `insert into invitations (id, project_id, email, role, invited_by, created_at, expires_at)
         values ($1, $2, $3, 'viewer', $4, now(), now() + interval '1 day')`,
        [`INV-${address}`, foreign.id, address, by],
      );
    await invite(email, accountOf(host));
    await invite(`friend-of-${email}`, id);
    const share = (address: string, by: string) =>
      db().query(
        `insert into shares (id, project_id, asset_id, kind, email, created_by, created_at)
         values ($1, $2, $3, 'user', $4, $5, now())`,
        [`SHR-${address}`, foreign.id, asset.id, address, by],
      );
    await share(email, accountOf(host));
    await share(`friend-of-${email}`, id);
    await db().query(`insert into identities values ('https://login.example.com', $1, $1, now())`, [id]);
    await erase();
    await eraseData();
    expect(await userOf(stage.user)).toMatchObject({
      email: `${id.toLowerCase()}@erased.invalid`,
      name: 'Erased',
      passwordHash: null,
      emailVerifiedAt: null,
    });
    expect(await count('invitations', 'project_id = $1', foreign.id)).toBe(0);
    expect(await count('shares', 'project_id = $1', foreign.id)).toBe(0);
    expect(await count('identities', 'user_id = $1', id)).toBe(0);
    expect(await count('project_members', 'user_id = $1', id)).toBe(0);
    expect(await count('assets', 'id = $1 and deleted_at is null', asset.id)).toBe(1);
    for (const table of ['users', 'sessions', 'invitations', 'shares', 'audit_events', 'uploads', 'assets']) {
      expect(await count(table, `${table}::text ilike '%' || $1 || '%'`, email)).toBe(0);
    }
  });

  test('takes what names and traces them out of the audit trail, and says that it did', async () => {
    const id = accountOf(stage.user);
    await store();
    await erase();
    await eraseData();
    const events = await db().find(AuditEvent, { where: { actorId: id }, order: { seq: 'ASC' } });
    expect(events.length).toBeGreaterThan(2);
    expect(events.filter(({ personal }) => personal !== null)).toEqual([]);
    const [said] = await db().query<object[]>(
      `select actor_kind from audit_events where action = 'personal_data_erased' and details ->> 'user_id' = $1`,
      [id],
    );
    expect(said).toEqual({ actor_kind: 'system' });
  });

  test('takes exports away, also one that is being made', async () => {
    const first = await requestExport(stage.user, deps());
    await makeExport(systemPrincipal(), { exportId: first.id, lastTry: false }, deps());
    const second = await requestExport(stage.user, deps());
    await erase();
    await eraseData();
    await makeExport(systemPrincipal(), { exportId: second.id, lastTry: false }, deps());
    await purge();
    for (const { key } of [first, second]) expect(await deps().objects.head(key)).toBeNull();
    expect((await listExports(stage.user, deps())).map(({ url }) => url)).toEqual([null, null]);
  });

  test('goes on where it died, and a repeat changes nothing', async () => {
    for (let stored = 0; stored < 3; stored += 1) await store();
    await erase();
    const stop = new AbortController();
    const input = { userId: accountOf(stage.user), signal: stop.signal };
    let transactions = 0;
    const dying = new Proxy(deps().db, {
      get(target, name) {
        if (name === 'transaction' && ++transactions === 3) stop.abort(new Error('killed'));
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      },
    });
    const died = eraseAccountData(systemPrincipal(), input, { ...deps(), db: dying });
    await expect(died).rejects.toThrow('killed');
    expect((await userOf(stage.user)).name).not.toBe('Erased');
    await eraseData();
    const events = await count('audit_events', '$1 = $1', 1);
    await eraseData();
    expect(await count('audit_events', '$1 = $1', 1)).toBe(events);
    expect(await stage.usage()).toEqual({ used: 0, reserved: 0, files: 0 });
  });
});
