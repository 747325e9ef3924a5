import { DataSource } from 'typeorm';
import { describeHttp } from '../support/describe-http';
import { createHttpWorld, type HttpWorld } from '../support/http-world';
import { embeddedStorage } from '../support/object-stores';
import { begin } from '../support/upload-steps';

const SECRET = 'a secret between storage and API';
const PATH = '/api/storage-events';
const WITH_TOKEN = `${PATH}?token=${encodeURIComponent(SECRET)}`;

describeHttp(
  'the storage',
  (stage) => {
    let http: HttpWorld;
    let log = '';
    beforeAll(async () => {
      http = await createHttpWorld(stage.world, {
        storageEventsSecret: SECRET,
        rateLimitPerMinute: 5,
        log: { write: (line) => void (log += line) },
      });
    });
    afterAll(() => http.close());

    const record = (key: string, bucket = 'slipway-contract') => ({
      eventName: 'ObjectCreated:Put',
      s3: { bucket: { name: bucket }, object: { key } },
    });
    const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` });
    const tell = (body: unknown, headers: Record<string, string> = bearer(SECRET), path = PATH) =>
      http.call('POST', path, { body, headers });
    const upload = async () =>
      (await begin(stage.world, stage.user, { projectId: stage.project.id, file: stage.file })).upload;
    const jobs = () => stage.world.waitingJobs('finish-upload');

    test('has an upload completed by telling of its object', async () => {
      const { id, incomingKey } = await upload();
      expect((await tell({ Records: [record(incomingKey)] })).status).toBe(204);
      expect(await jobs()).toContainEqual({ upload_id: id });
    });

    test('may show its secret in the address, which is in no log', async () => {
      const { id, incomingKey } = await upload();
      expect((await tell({ Records: [record(incomingKey)] }, {}, WITH_TOKEN)).status).toBe(204);
      expect(await jobs()).toContainEqual({ upload_id: id });
      expect(log).toContain(PATH);
      expect(log).not.toContain('token');
    });

    const withoutDatabase = () => ({
      ...stage.world,
      deps: { ...stage.world.deps, db: new DataSource({ type: 'postgres' }) },
    });

    test('without its secret has the database asked for nothing', async () => {
      const api = await createHttpWorld(withoutDatabase(), { storageEventsSecret: SECRET });
      const headers = { 'idempotency-key': 'a key of somebody', ...bearer('another secret') };
      const { status } = await api.call('POST', PATH, { body: { Records: [] }, headers });
      await api.close();
      expect(status).toBe(401);
    });

    test('finds its secret in no log when something breaks', async () => {
      let said = '';
      const api = await createHttpWorld(withoutDatabase(), {
        storageEventsSecret: SECRET,
        log: { write: (line) => void (said += line) },
      });
      const body = { Records: [record('incoming/UPL-1')] };
      const answer = await api.call('POST', WITH_TOKEN, { body });
      await api.close();
      expect([answer.status, answer.body['instance']]).toEqual([500, PATH]);
      expect(said).toContain(`internal at POST ${PATH}`);
      expect(said).not.toContain('token');
    });

    test('may tell of the same object twice, and of a hundred at once', async () => {
      const { id, incomingKey } = await upload();
      await tell({ Records: Array.from({ length: 100 }, () => record(incomingKey)) });
      await tell({ Records: [record(incomingKey)] });
      const mine = (await jobs()).filter((payload) => (payload as { upload_id: string }).upload_id === id);
      expect(mine).toHaveLength(1);
    });

    test.each([
      ['another bucket', () => record('incoming/UPL-1', 'other')],
      ['a key of no upload', () => record('incoming/UPL-1')],
      ['a final key', () => record('projects/PRJ-1/assets/AST-1/a.png')],
      ['a hostile key', () => record(`incoming/' or true; --`)],
      ['a key with U+0000', () => record('incoming/%00')],
    ])('is heard and left alone when it tells of %s', async (_, told) => {
      const before = await jobs();
      expect((await tell({ Records: [told()] })).status).toBe(204);
      expect(await jobs()).toEqual(before);
    });

    test.each([
      ['no secret', {}, PATH],
      ['another', bearer('another secret of this length...'), PATH],
      ['the beginning of it', bearer(SECRET.slice(0, -1)), PATH],
      ['another in the address', {}, `${PATH}?token=x`],
      ['two in the address', {}, `${PATH}?token=x&token=${encodeURIComponent(SECRET)}`],
    ])('with %s is refused', async (_, headers, path) => {
      const { status, body } = await tell({ Records: [] }, headers, path);
      expect([status, body['code']]).toEqual([401, 'unauthenticated']);
    });

    test.each([{}, { Records: 1 }, { Records: [1] }, []])('that says %j is not understood', async (body) => {
      const answer = await tell(body);
      expect([answer.status, answer.body['code']]).toEqual([400, 'invalid_request']);
    });

    test.each([
      ['broken JSON', 400, '{"Records":'],
      ['more than an API needs to hear at once', 413, `{"Records":["${'x'.repeat(2 ** 20)}"]}`],
    ])('that sends %s is told so', async (_, status, body) => {
      const answer = await tell(body, { ...bearer(SECRET), 'content-type': 'application/json' });
      expect([answer.status, answer.body['code']]).toEqual([status, 'invalid_request']);
    });

    test('may tell of the same uploads in two messages at once, whatever their order', async () => {
      const uploads = await Promise.all(Array.from({ length: 20 }, upload));
      const records = uploads.map(({ incomingKey }) => record(incomingKey));
      const messages = Array.from({ length: 10 }, (_, turn) => (turn % 2 ? records : records.toReversed()));
      const answers = await Promise.all(messages.map((Records) => tell({ Records })));
      expect(answers.map(({ status }) => status)).toEqual(messages.map(() => 204));
    });

    test('is not held to the rate of people', async () => {
      for (let call = 0; call < 20; call += 1) expect((await tell({ Records: [] })).status).toBe(204);
    });

    test('is not expected where no secret is set', async () => {
      const headers = bearer('');
      const { status } = await stage.http.call('POST', PATH, { body: { Records: [] }, headers });
      expect(status).toBe(404);
    });
  },
  [embeddedStorage],
);
