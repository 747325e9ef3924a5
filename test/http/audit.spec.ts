import { sealAudit } from '@slipway/core/audit/seal-audit';
import type { EventProof } from '@slipway/core/audit/event-proof';
import { verifyProof } from '@slipway/core/audit/verify-proof';
import { deleteAsset } from '@slipway/core/assets/delete-asset';
import type { Asset } from '@slipway/core/assets/asset.entity';
import { type Principal, systemPrincipal } from '@slipway/core/shared/principal';
import { recordMany } from '../support/audit-steps';
import { describeHttp } from '../support/describe-http';
import type { Answer } from '../support/http-world';
import { embeddedStorage } from '../support/object-stores';
import { withAdmin } from '../support/test-server';
import { begin, complete, send } from '../support/upload-steps';

interface Event {
  id: string;
  at: string;
  action: string;
  actor: { kind: string; id: string };
  details: Record<string, unknown>;
}

const eventsOf = ({ body }: Answer): Event[] => body['data'] as Event[];
const actionsOf = (answer: Answer): string[] => eventsOf(answer).map(({ action }) => action);

describeHttp(
  'the audit trail',
  (stage) => {
    let token: string;

    const get = (path: string, as = token) => stage.http.call('GET', path, { token: as });
    const ofProject = (query = '') => get(`/api/projects/${stage.project.id}/audit${query}`);
    const signInAs = (principal: Principal) => stage.http.signInAs(principal);

    const record = (count: number, principal: Principal = stage.user) =>
      recordMany(stage.world, { principal, count, projectId: stage.project.id });

    async function upload(): Promise<Asset> {
      const begun = await begin(stage.world, stage.user, { projectId: stage.project.id, file: stage.file });
      await send(begun, stage.file.body);
      return (await complete(stage.world, stage.user, begun.upload)).asset;
    }

    async function newAdmin(): Promise<string> {
      const admin = await stage.world.newUser();
      await stage.world.deps.db.query(`update users set role = 'admin' where id = $1`, [admin.id]);
      return signInAs(admin);
    }

    async function asRole(role: 'viewer' | 'editor' | 'owner'): Promise<string> {
      const member = await stage.world.newUser();
      await stage.world.addMember(stage.project, member, role);
      return signInAs(member);
    }

    beforeEach(async () => {
      token = await signInAs(stage.user);
    });

    test('of an asset says who did what, when, and from where', async () => {
      const asset = await upload();
      const answer = await get(`/api/assets/${asset.id}/audit`);
      expect(answer.status).toBe(200);
      expect(actionsOf(answer).toSorted()).toEqual(['upload_begun', 'uploaded']);
      const begun = eventsOf(answer).find(({ action }) => action === 'upload_begun');
      expect(begun).toEqual({
        id: expect.stringMatching(/^AUD-/),
        at: stage.world.deps.clock.now().toISOString(),
        action: 'upload_begun',
        actor: { kind: 'user', id: stage.user.id },
        project_id: stage.project.id,
        asset_id: asset.id,
        ip: '127.0.0.1',
        user_agent: 'test',
        request_id: stage.user.requestId,
        result: 'success',
        reason: null,
        details: {
          file_size: stage.file.body.length,
          content_type: 'image/png',
          file_name: stage.file.name,
        },
        erased: false,
      });
    });

    test('of an asset stays when that is deleted', async () => {
      const asset = await upload();
      await deleteAsset(stage.user, asset.id, stage.world.deps);
      expect(actionsOf(await get(`/api/assets/${asset.id}/audit`))).toContain('deleted');
    });

    test('is for those who may read it', async () => {
      const asset = await upload();
      await sealAudit({}, stage.world.deps);
      const id = eventsOf(await ofProject())[0]?.id ?? '';
      const paths = [
        `/api/assets/${asset.id}/audit`,
        `/api/projects/${stage.project.id}/audit`,
        `/api/projects/${stage.project.id}/audit.ndjson`,
        `/api/projects/${stage.project.id}/audit.csv`,
        `/api/audit/proof/${id}`,
      ];
      const stranger = await signInAs(await stage.world.newUser());
      const callers = [await asRole('owner'), await asRole('editor'), await asRole('viewer'), stranger];
      for (const path of paths) {
        const answers = await Promise.all(callers.map((caller) => get(path, caller)));
        expect(answers.map(({ status }) => status)).toEqual([200, 403, 403, 404]);
        // As if it never was.
        const unknown = path.replace(/[A-Z]{3}-\w+/, (found) => `${found.slice(0, -6)}000000`);
        const { instance: _, request_id: __, ...problem } = answers[3]?.body ?? {};
        expect((await get(unknown, stranger)).body).toMatchObject(problem);
      }
    });

    test('of the installation is for administrators, to whom projects stay closed', async () => {
      await record(1);
      const admin = await newAdmin();
      const all = await get(`/api/admin/audit?actor=${stage.user.id}`, admin);
      expect(actionsOf(all)).toEqual(expect.arrayContaining(['renamed', 'signed_up', 'project_created']));
      expect((await get('/api/admin/audit')).status).toBe(403);
      expect((await get('/api/admin/audit.csv')).status).toBe(403);
      expect((await get(`/api/projects/${stage.project.id}/audit`, admin)).status).toBe(404);
    });

    test('comes in pages, newest first, each event once', async () => {
      await record(4);
      stage.world.deps.clock.advance(1_000);
      await record(3);
      const seen: Event[] = [];
      let pages = 0;
      for (let query: string | null = '?limit=3'; query !== null; pages += 1) {
        const answer = await ofProject(query);
        seen.push(...eventsOf(answer));
        const cursor = answer.body['next_cursor'] as string | null;
        query = cursor && `?limit=3&cursor=${cursor}`;
      }
      // With the project's own.
      expect([seen.length, new Set(seen.map(({ id }) => id)).size, pages]).toEqual([8, 8, 3]);
      expect(seen.map(({ at }) => at)).toEqual(
        seen
          .map(({ at }) => at)
          .toSorted()
          .toReversed(),
      );
    });

    test('can be asked for what matters', async () => {
      await record(2);
      stage.world.deps.clock.advance(60_000);
      const after = stage.world.deps.clock.now().toISOString();
      const elsewhere = { ...systemPrincipal(), ip: '2001:db8::7' };
      await record(1, elsewhere);
      const counts = await Promise.all(
        [
          '?action=renamed',
          '?action=deleted',
          `?actor=${stage.user.id}`,
          '?actor=system',
          '?ip=2001:db8::7',
          `?from=${after}`,
          `?to=${after}`,
          `?action=renamed&to=${after}`,
        ].map(async (query) => eventsOf(await ofProject(query)).length),
      );
      expect(counts).toEqual([3, 0, 3, 1, 1, 1, 3, 2]);
    });

    test.each(['action=none', 'from=yesterday', 'ip=house', 'limit=0', 'cursor=none', 'project=1', 'to[]=1'])(
      'is not asked for by ?%s',
      async (query) => {
        const answer = await ofProject(`?${query}`);
        expect([answer.status, answer.body['code']]).toEqual([400, 'invalid_request']);
      },
    );

    test('is exported as NDJSON: all of it, over many pages, and on record', async () => {
      await record(1_300);
      const answer = await ofProject('.ndjson?action=renamed');
      expect(answer.headers).toMatchObject({
        'content-type': 'application/x-ndjson',
        'content-disposition': 'attachment; filename="audit.ndjson"',
        'cache-control': 'no-store',
      });
      const lines = answer.text.trimEnd().split('\n');
      const events = lines.map((line) => JSON.parse(line) as Event);
      expect(new Set(events.map(({ details }) => details['index'])).size).toBe(1_300);
      expect(eventsOf(await ofProject('?action=audit_exported'))).toMatchObject([
        { actor: { kind: 'user', id: stage.user.id }, details: { format: 'ndjson' } },
      ]);
    });

    test('is exported as CSV without formulas', async () => {
      await recordMany(stage.world, {
        principal: { ...stage.user, userAgent: '=HYPERLINK("http://192.0.2.1")' },
        count: 1,
        projectId: stage.project.id,
        personal: { name: '@SUM(A1)' },
      });
      const answer = await ofProject('.csv?action=renamed');
      expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
      const [head, line, ...rest] = answer.text.split('\r\n');
      expect(rest).toEqual(['']);
      expect(head).toMatch(/^id,at,action,/);
      expect(line).toContain(`,"'=HYPERLINK(""http://192.0.2.1"")",`);
      expect((await get('/api/admin/audit.csv?action=renamed', await newAdmin())).text).toContain(line);
    });

    test('has a proof of each event that holds', async () => {
      await record(5);
      await sealAudit({}, stage.world.deps);
      for (const { id, action } of eventsOf(await ofProject())) {
        const { body } = await get(`/api/audit/proof/${id}`);
        const proof = body as unknown as EventProof;
        expect(verifyProof(proof)).toBeNull();
        expect(JSON.parse(proof.entry)).toEqual(expect.arrayContaining([id, action, stage.project.id]));
        expect(body['event']).toMatchObject({ id, action });
      }
    });

    test('has a proof that says so where an event is not sealed yet, and none of no event', async () => {
      await sealAudit({}, stage.world.deps);
      await record(1);
      const id = eventsOf(await ofProject('?action=renamed'))[0]?.id ?? '';
      const { body } = await get(`/api/audit/proof/${id}`);
      expect(body['inclusion']).toBeNull();
      expect(verifyProof(body as unknown as EventProof)).toBe('unsealed');
      expect((await get('/api/audit/proof/AUD-none')).status).toBe(404);
    });

    test('shows events of no project to administrators only', async () => {
      const where = [stage.user.id, 'signed_up'];
      const [event] = await stage.world.deps.db.query<{ id: string }[]>(
        'select id from audit_events where actor_id = $1 and action = $2',
        where,
      );
      expect((await get(`/api/audit/proof/${event?.id}`)).status).toBe(404);
      expect((await get(`/api/audit/proof/${event?.id}`, await newAdmin())).status).toBe(200);
    });

    test('an export that breaks off is seen to be incomplete, and is read no faster than it is taken', async () => {
      await record(20_000);
      await stage.http.app.listen(0, '127.0.0.1');
      const url = `${await stage.http.app.getUrl()}/api/projects/${stage.project.id}/audit.ndjson`;
      const asOwner = (sql: string) => withAdmin(stage.world.ownerUrl, (client) => client.query(sql));
      const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
      const reader = response.body?.getReader();
      expect((await reader?.read())?.value?.length).toBeGreaterThan(0);
      await asOwner('alter table audit_events rename to audit_events_away');
      const rest = async (): Promise<void> => {
        while ((await reader?.read())?.done === false);
      };
      await expect(rest()).rejects.toThrow('terminated');
      await asOwner('alter table audit_events_away rename to audit_events');
    });
  },
  [embeddedStorage],
);
