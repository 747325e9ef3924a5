import { reconcile } from '@slipway/core/reconcile/reconcile';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { describeCore } from '../support/describe-core';
import { createHttpWorld, type HttpWorld } from '../support/http-world';
import { embeddedStorage } from '../support/object-stores';
import { begin, complete, send } from '../support/upload-steps';

const TOKEN = 'a token for the metrics of tests';

describeCore(
  'GET /metrics',
  (stage) => {
    let http: HttpWorld;

    beforeAll(async () => {
      http = await createHttpWorld(stage.world, { metricsToken: TOKEN });
    });

    afterAll(() => http.close());

    const scrape = () => http.call('GET', '/metrics', { headers: { authorization: `Bearer ${TOKEN}` } });
    const values = async () => {
      const lines = (await scrape()).text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      return Object.fromEntries(
        lines.map((line): [string, number] => {
          const end = line.lastIndexOf(' ');
          return [line.slice(0, end), Number(line.slice(end))];
        }),
      );
    };

    test.each([
      ['no token', {}],
      ['another token', { authorization: 'Bearer another token' }],
      ['the start of it', { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
      ['another scheme', { authorization: `Basic ${TOKEN}` }],
    ])('is refused to whoever shows %s', async (_, headers) => {
      const answer = await http.call('GET', '/metrics', { headers });
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ code: 'unauthenticated' });
    });

    test('is refused to a user who is signed in', async () => {
      const answer = await http.call('GET', '/metrics', { token: await http.signUp() });
      expect(answer.status).toBe(401);
    });

    test('is not there where no token is set', async () => {
      const closed = await createHttpWorld(stage.world);
      const answer = await closed.call('GET', '/metrics', { headers: { authorization: 'Bearer ' } });
      expect(answer.status).toBe(404);
      await closed.close();
    });

    test('tells the last comparison of bucket and database, what is stored and reserved, and the jobs', async () => {
      const before = await values();
      expect(before['slipway_reconcile_duration_seconds']).toBeUndefined();
      const file = stage.file;
      const begun = await begin(stage.world, stage.user, { projectId: stage.project.id, file });
      await send(begun, file.body);
      await complete(stage.world, stage.user, begun.upload);
      await begin(stage.world, stage.user, { projectId: stage.project.id, file });
      await stage.world.deps.db.query('update usage set used_files = used_files + 1 where user_id = $1', [
        stage.user.id,
      ]);
      await stage.world.deps.objects.delete(begun.upload.fileKey);
      await reconcile(systemPrincipal(), { dryRun: true }, stage.world.deps);

      const after = await values();
      const size = file.body.length;
      expect(after).toMatchObject({
        slipway_reconcile_dry_run: 1,
        slipway_reconcile_unfinished: 0,
        'slipway_reconcile_found{kind="missing_object"}': 1,
        'slipway_reconcile_found{kind="stray_object"}': 0,
        'slipway_reconcile_repaired{kind="missing_object"}': 0,
        slipway_ledger_differences: 1,
        slipway_used_bytes: Number(before['slipway_used_bytes']) + size,
        slipway_reserved_bytes: Number(before['slipway_reserved_bytes']) + size,
        slipway_pending_uploads: Number(before['slipway_pending_uploads']) + 1,
        'slipway_jobs{job="generate-rendition",state="due"}': 2,
        'slipway_jobs{job="expire-upload",state="later"}': 2,
        'slipway_jobs{job="reconcile",state="due"}': 0,
      });
      const ended = Number(after['slipway_reconcile_last_end_timestamp_seconds']);
      expect(Math.abs(ended - stage.world.deps.clock.now().getTime() / 1000)).toBeLessThan(60);
    });

    test('is text as Prometheus reads it, and kept by nobody', async () => {
      const { status, headers } = await scrape();
      expect(status).toBe(200);
      expect(headers).toMatchObject({ 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
    });
  },
  [embeddedStorage],
);
