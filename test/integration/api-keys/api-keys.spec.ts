import { ApiKey } from '@slipway/core/api-keys/api-key.entity';
import { createApiKey, MAX_KEYS, type NewApiKey } from '@slipway/core/api-keys/create-api-key';
import { newKeyText } from '@slipway/core/api-keys/key-text';
import { listApiKeys } from '@slipway/core/api-keys/list-api-keys';
import { noteKeyUse } from '@slipway/core/api-keys/note-key-use';
import { type ReadApiKey, readApiKey } from '@slipway/core/api-keys/read-api-key';
import { revokeApiKey } from '@slipway/core/api-keys/revoke-api-key';
import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { requireProject } from '@slipway/core/projects/require-project';
import { keyPrincipal, type Principal, userPrincipal } from '@slipway/core/shared/principal';
import { SCOPES } from '@slipway/core/shared/scope';
import { statementsOf } from '../../support/count-statements';
import { describeCore } from '../../support/describe-core';
import { storageForTests } from '../../support/storage-for-tests';

const MINUTE_MS = 60_000;
const ORIGIN = { ip: null, userAgent: null, requestId: null };

describeCore(
  'an API key',
  (stage) => {
    const deps = () => stage.world.deps;
    const create = (input: Partial<NewApiKey> = {}, by: Principal = stage.user) =>
      createApiKey(
        by,
        { name: 'Nightly', scopes: ['assets:read'], projectId: null, expiresAt: null, ...input },
        deps(),
      );
    const read = (text: string) => readApiKey(text, deps());
    const later = (ms: number) => new Date(deps().clock.now().getTime() + ms);
    const stored = (id: string) => deps().db.manager.findOneByOrFail(ApiKey, { id });

    test('opens its account with its scopes, and is stored as a hash only', async () => {
      const { apiKey, text } = await create({ scopes: ['assets:read', 'assets:write'] });
      const found = await read(text);
      expect(found?.facts).toEqual({
        id: apiKey.id,
        scopes: ['assets:read', 'assets:write'],
        projectId: null,
        account: stage.user.account,
      });
      const row = JSON.stringify(await stored(apiKey.id));
      expect(text.startsWith(apiKey.prefix)).toBe(true);
      expect(row).not.toContain(text.slice(apiKey.prefix.length));
    });

    test('is read in one statement, and a misspelt one in none', async () => {
      const { text } = await create();
      expect(await statementsOf(deps().db, () => read(text))).toHaveLength(1);
      expect(await statementsOf(deps().db, () => read(`${text.slice(0, -1)}!`))).toEqual([]);
      expect(await read(newKeyText())).toBeNull();
    });

    test('ends at once when it is revoked, by its owner only, and once', async () => {
      const { apiKey, text } = await create();
      const stranger = await stage.world.newUser();
      await expect(revokeApiKey(stranger, apiKey.id, deps())).rejects.toMatchObject({ code: 'not_found' });
      expect(await read(text)).not.toBeNull();
      await revokeApiKey(stage.user, apiKey.id, deps());
      expect(await read(text)).toBeNull();
      await expect(revokeApiKey(stage.user, apiKey.id, deps())).rejects.toMatchObject({ code: 'not_found' });
      expect(await listApiKeys(stage.user, deps())).toEqual([]);
    });

    test('ends when its time is over', async () => {
      const { text } = await create({ expiresAt: later(MINUTE_MS) });
      expect(await read(text)).not.toBeNull();
      deps().clock.advance(MINUTE_MS);
      expect(await read(text)).toBeNull();
    });

    test.each(['suspended_at', 'erased_at'])('opens nothing while its account has %s', async (column) => {
      const { text } = await create();
      await deps().db.query(`update users set ${column} = now() where id = $1`, [stage.user.id]);
      expect(await read(text)).toBeNull();
    });

    test('reaches no further than its account, nor than its project', async () => {
      const other = await stage.world.newProject(stage.user);
      const { text } = await create({ projectId: stage.project.id });
      const { facts } = (await read(text)) as ReadApiKey;
      const enter = (projectId: string) =>
        requireProject(keyPrincipal(facts, ORIGIN), { projectId, right: 'project.read' }, deps());
      expect((await enter(stage.project.id)).role).toBe('owner');
      await expect(enter(other.id)).rejects.toMatchObject({ code: 'not_found' });
      await deps().db.query('delete from project_members where project_id = $1', [stage.project.id]);
      await expect(enter(stage.project.id)).rejects.toMatchObject({ code: 'not_found' });
    });

    test('is not made for a project of others, nor for one that only a token opens', async () => {
      const stranger = await stage.world.newUser();
      const projectId = stage.project.id;
      await expect(create({ projectId }, stranger)).rejects.toMatchObject({ code: 'not_found' });
      const { account } = stranger;
      const claimed = account && userPrincipal(account, ORIGIN, { [projectId]: 'editor' });
      await expect(create({ projectId }, claimed ?? undefined)).rejects.toMatchObject({ code: 'forbidden' });
    });

    test('has the scope admin only from an administrator', async () => {
      await expect(create({ scopes: SCOPES })).rejects.toMatchObject({ code: 'forbidden' });
      const { account } = stage.user;
      const admin = account && userPrincipal({ ...account, role: 'admin' }, ORIGIN);
      const { apiKey } = await create({ scopes: SCOPES }, admin ?? undefined);
      expect(apiKey.scopes).toEqual(SCOPES);
    });

    test('makes no others', async () => {
      const { text } = await create({ scopes: SCOPES.filter((scope) => scope !== 'admin') });
      const { facts } = (await read(text)) as ReadApiKey;
      await expect(create({}, keyPrincipal(facts, ORIGIN))).rejects.toMatchObject({ code: 'forbidden' });
    });

    test('must end in the future', async () => {
      await expect(create({ expiresAt: later(0) })).rejects.toMatchObject({
        code: 'invalid_request',
        errors: [{ field: 'expires_at' }],
      });
    });

    test(`is one of at most ${MAX_KEYS} alive, however many are asked for at once`, async () => {
      const { apiKey } = await create();
      await create({ expiresAt: later(MINUTE_MS) });
      deps().clock.advance(MINUTE_MS);
      for (let made = 1; made < MAX_KEYS - 2; made += 1) await create();
      const asked = await Promise.allSettled([1, 2, 3, 4].map(() => create()));
      expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
      expect(asked.find(({ status }) => status === 'rejected')).toMatchObject({
        reason: { code: 'forbidden' },
      });
      await revokeApiKey(stage.user, apiKey.id, deps());
      await expect(create()).resolves.toMatchObject({ apiKey: { name: 'Nightly' } });
    });

    test('tells when it was used last, to the minute', async () => {
      const { apiKey, text } = await create();
      const use = async () => noteKeyUse((await read(text)) as ReadApiKey, deps());
      const first = deps().clock.now();
      await use();
      deps().clock.advance(MINUTE_MS - 1);
      expect(await statementsOf(deps().db, use)).toHaveLength(1);
      expect((await stored(apiKey.id)).lastUsedAt).toEqual(first);
      deps().clock.advance(1);
      await use();
      expect((await stored(apiKey.id)).lastUsedAt).toEqual(deps().clock.now());
    });

    test('does not wait to note its use for somebody who holds its row', async () => {
      const { apiKey, text } = await create();
      const found = (await read(text)) as ReadApiKey;
      await deps().db.transaction(async (tx) => {
        await tx.query('select from api_keys where id = $1 for update', [apiKey.id]);
        await noteKeyUse(found, deps());
      });
      expect((await stored(apiKey.id)).lastUsedAt).toBeNull();
    });

    test('is on record when it is made and revoked, its name among what can be erased', async () => {
      const { apiKey } = await create({ projectId: stage.project.id, name: 'Of Ada' });
      await revokeApiKey(stage.user, apiKey.id, deps());
      const events = await deps().db.manager.find(AuditEvent, {
        where: { actorId: stage.user.id, projectId: stage.project.id },
        order: { seq: 'ASC' },
      });
      expect(events.slice(-2)).toMatchObject([
        {
          action: 'api_key_created',
          details: { key_id: apiKey.id, scopes: 'assets:read', expires_at: null },
          personal: { name: 'Of Ada' },
        },
        { action: 'api_key_revoked', details: { key_id: apiKey.id } },
      ]);
      expect(JSON.stringify(events.map(({ details }) => details))).not.toContain('Ada');
    });
  },
  storageForTests().slice(0, 1),
);
