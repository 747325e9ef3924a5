import { Client } from 'pg';
import { type CoreWorld, createCoreWorld } from '../support/core-world';
import { describeHttp } from '../support/describe-http';
import { type Answer, createHttpWorld, type HttpWorld } from '../support/http-world';
import { embeddedStorage } from '../support/object-stores';
import { createTestDatabase, type TestDatabase } from '../support/test-database';

/** In every secret that is sent or that a failure tells of. */
const MARK = 'Marked0Secret1';
const TOKEN = `${MARK}-abcdefghijklmnopqrstuvwxyz`;
const SIGNED = `https://storage.example.com/b/k?X-Amz-Expires=900&X-Amz-Signature=${TOKEN}`;
const INSIDE = `/srv/slipway/internal.js cannot reach postgres://slipway:${TOKEN}@10.1.2.3:5432/slipway`;

const FILE = { file_name: 'a.png', content_type: 'image/png', file_size: 1 };

describeHttp(
  'a secret',
  (stage) => {
    let database: TestDatabase;
    let world: CoreWorld;
    let http: HttpWorld;
    let log: string;

    beforeEach(async () => {
      log = '';
      database = await createTestDatabase();
      world = await createCoreWorld(stage.storage, database);
      http = await createHttpWorld(world, {
        storageEventsSecret: TOKEN,
        metricsToken: TOKEN,
        log: { write: (line) => void (log += line) },
      });
    });

    afterEach(async () => {
      await http.close();
      await world.close();
    });

    const asOwner = async (statement: string): Promise<void> => {
      const client = new Client({ connectionString: database.ownerUrl });
      await client.connect();
      await client.query(statement);
      await client.end();
    };

    /** All that could tell: what was logged by now, and what came back. */
    const seenWith = ({ body, headers }: Answer): string => log + JSON.stringify([body, headers]);

    const LOGIN = { email: 'a@example.com', password: TOKEN };
    const account = { email: 'marked@example.com', password: TOKEN, name: 'Marked' };

    test.each([
      { what: 'signing up', path: '/api/auth/signup', body: account, status: 201 },
      {
        what: 'a faulty account',
        path: '/api/auth/signup',
        body: { ...account, email: 'no address' },
        status: 400,
      },
      {
        what: 'an unknown field',
        path: '/api/auth/signup',
        body: { ...account, secret: TOKEN },
        status: 400,
      },
      { what: 'a wrong password', path: '/api/auth/login', body: LOGIN, status: 401 },
      {
        what: 'a body that is cut off',
        path: '/api/auth/login',
        body: JSON.stringify(LOGIN).slice(0, -2),
        status: 400,
      },
      { what: 'a body that is no JSON', path: '/api/auth/login', body: `password=${TOKEN}`, status: 400 },
    ])('sent as $what is in no log and no answer', async ({ path, body, status }) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await http.call('POST', path, { body, headers });
      expect(answer.status).toBe(status);
      expect(log).toContain('"msg":"answered"');
      expect(seenWith(answer)).not.toContain(MARK);
    });

    test.each([
      ['authorization', `Bearer ${TOKEN}`],
      ['authorization', `Basic ${TOKEN}`],
      ['authorization', TOKEN],
      ['x-api-key', `slw_${MARK}abcdefghijklmnopqrstuvwxyz`],
      ['cookie', `slipway_refresh=${TOKEN}; other=1`],
      ['proxy-authorization', `Basic ${TOKEN}`],
      ['idempotency-key', TOKEN],
      ['referer', SIGNED],
    ])('in the header %s is in no log and no answer', async (name, value) => {
      const headers = { [name]: value };
      expect(seenWith(await http.call('GET', '/api/projects', { headers }))).not.toContain(MARK);
      expect(
        seenWith(await http.call('POST', '/api/projects', { headers, body: { name: 'x' } })),
      ).not.toContain(MARK);
    });

    test.each([
      `/api/s/${TOKEN}`,
      `/api/s/${TOKEN}/download`,
      `/api/private/${TOKEN}/signed-url`,
      `/api/storage-events?token=${TOKEN}`,
      `/api/auth/password/reset?token=${TOKEN}`,
      `/api/nothing-here?access_token=${TOKEN}`,
      `/api/nothing-here?url=${encodeURIComponent(SIGNED)}`,
      `/metrics?token=${TOKEN}`,
    ])('in the address %s is in no log', async (path) => {
      await http.call('GET', path);
      await http.call('POST', path, { body: { token: TOKEN } });
      expect(log).toContain('"msg":"answered"');
      expect(log).not.toContain(MARK);
    });

    test('that is handed out is in no log', async () => {
      const token = await http.signUp();
      const project = await http.call('POST', '/api/projects', { token, body: { name: 'x' } });
      const begun = await http.call('POST', '/api/assets/upload-url', {
        token,
        body: { project_id: project.body['id'], ...FILE },
      });
      expect(begun.status).toBe(200);
      const url = new URL(String(begun.body['upload_url']));
      expect(log).toContain('/api/assets/upload-url');
      expect(log).not.toContain(token);
      expect(log).not.toContain(String(url.searchParams.get('X-Amz-Signature')));
    });

    describe('and what is inside the server', () => {
      const NOTHING_TOLD = {
        type: 'urn:slipway:error:internal',
        title: 'Internal',
        status: 500,
        detail: 'Something went wrong on our side.',
        code: 'internal',
        request_id: expect.any(String) as string,
      };

      test('is not told by a statement that fails', async () => {
        await asOwner('alter table users rename column name to renamed');
        const answer = await http.call('POST', '/api/auth/signup', { body: account });
        expect(answer.body).toEqual({ ...NOTHING_TOLD, instance: '/api/auth/signup' });
        expect(seenWith(answer)).not.toContain(MARK);
        // Whoever looks after the server is told why, but neither hashes nor addresses.
        expect(log).toMatch(/column .*name.* does not exist/);
        expect(log).not.toMatch(/argon2id|marked@example\.com/);
      });

      test('is not told by a failure that nobody foresaw', async () => {
        const failing = {
          ...world,
          deps: {
            ...world.deps,
            uploadSigner: { open: () => Promise.reject(new Error(INSIDE)) } as never,
            signer: { open: () => Promise.reject(new Error(INSIDE)) } as never,
          },
        };
        const failed = await createHttpWorld(failing, { log: { write: (line) => void (log += line) } });
        const token = await failed.signUp();
        const { body } = await failed.call('POST', '/api/projects', { token, body: { name: 'x' } });
        const answer = await failed.call('POST', '/api/assets/upload-url', {
          token,
          body: { project_id: body['id'], ...FILE },
        });
        await failed.close();
        expect(answer.body).toEqual({ ...NOTHING_TOLD, instance: '/api/assets/upload-url' });
        expect(seenWith(answer)).not.toContain(MARK);
        expect(log).toContain('cannot reach postgres://slipway:[hidden]@10.1.2.3');
      });
    });
  },
  [embeddedStorage],
);
