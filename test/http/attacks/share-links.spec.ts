import { describeHttp } from '../../support/describe-http';
import { storageForTests } from '../../support/storage-for-tests';
import { begin, complete, send } from '../../support/upload-steps';
import { expectRefusal } from './refusal';

const GUESSES = [
  'a',
  'A'.repeat(24),
  'A'.repeat(1_000),
  '..%2f..%2fetc%2fpasswd',
  '%00',
  "'%20or%201=1--",
  '%3Cscript%3E',
  '__proto__',
];

describeHttp(
  'a share link that is attacked',
  (stage) => {
    async function share(terms: object): Promise<string> {
      const begun = await begin(stage.world, stage.user, { projectId: stage.project.id, file: stage.file });
      await send(begun, stage.file.body);
      const { asset } = await complete(stage.world, stage.user, begun.upload);
      await stage.world.deps.db.query("update assets set status = 'Published' where id = $1", [asset.id]);
      const answer = await stage.http.call('POST', `/api/assets/${asset.id}/shares`, {
        token: await stage.http.signInAs(stage.user),
        body: { kind: 'link', ...terms },
      });
      expect(answer.status).toBe(201);
      return String(answer.body['token']);
    }
    const download = (token: string, body: object = {}) =>
      stage.http.call('POST', `/api/s/${token}/download`, { body });

    test.each(GUESSES)('by the token %.40s leads nowhere', async (token) => {
      for (const answer of [await stage.http.call('GET', `/api/s/${token}`), await download(token)]) {
        expect([400, 404]).toContain(answer.status);
        expectRefusal(answer, answer.status, answer.status === 404 ? 'not_found' : 'invalid_request');
      }
    });

    test('by ten downloads at once, with three left, gives exactly three', async () => {
      const token = await share({ max_downloads: 3 });
      const answers = await Promise.all(Array.from({ length: 10 }, () => download(token)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
      for (const answer of answers) {
        if (answer.status !== 200) expectRefusal(answer, 410, 'share_exhausted');
      }
    });

    test('by guessing its password is stopped after a few, also for the right one then', async () => {
      const token = await share({ password: 'open sesame' });
      expectRefusal(await download(token), 401, 'password_required');
      const codes: unknown[] = [];
      for (let time = 0; time < 15; time += 1) {
        codes.push((await download(token, { password: `guess ${time}` })).body['code']);
      }
      expect(codes[0]).toBe('wrong_password');
      expect(codes.at(-1)).toBe('too_many_attempts');
      expectRefusal(await download(token, { password: 'open sesame' }), 429, 'too_many_attempts');
    });

    test('tells nothing of what is behind a password', async () => {
      const token = await share({ password: 'open sesame' });
      const { text } = await stage.http.call('GET', `/api/s/${token}`);
      expect(text).not.toContain(stage.file.name);
      expect(text).not.toContain('X-Amz-Signature');
    });

    test.each([
      { max_downloads: 0 },
      { max_downloads: -1 },
      { expires_at: '2001-01-01T00:00:00Z' },
      { token: 'mine' },
      { project_id: 'PRJ-1' },
    ])('by the terms %j is not made', async (terms) => {
      const answer = await stage.http.call('POST', '/api/assets/AST-1/shares', {
        token: stage.token,
        body: { kind: 'link', ...terms },
      });
      expect([400, 404]).toContain(answer.status);
      expect(answer.text).not.toContain('"internal"');
    });

    test('is in no list, neither its token nor what it is stored as', async () => {
      const token = await share({});
      const [row] = await stage.world.deps.db.query<{ asset_id: string; hash: string }[]>(
        "select asset_id, encode(token_hash, 'hex') as hash from shares order by created_at desc limit 1",
      );
      const { text } = await stage.http.call('GET', `/api/assets/${row?.asset_id}/shares`, {
        token: await stage.http.signInAs(stage.user),
      });
      expect(text).not.toContain(token);
      expect(text).not.toContain(String(row?.hash));
    });
  },
  storageForTests().slice(0, 1),
);
