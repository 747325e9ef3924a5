import { createHmac, randomUUID } from 'node:crypto';
import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import type { JWTPayload } from 'jose';
import { statementsOf } from '../support/count-statements';
import { describeHttp } from '../support/describe-http';
import { type Answer, createHttpWorld, type HttpWorld, JWT_SECRET_OF_TESTS } from '../support/http-world';
import { newSigningKey, type OidcIssuer, startOidcIssuer, type TokenChange } from '../support/oidc-issuer';
import { storageForTests } from '../support/storage-for-tests';

const json = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = (): number => Math.floor(Date.now() / 1000);

describeHttp(
  'a token of an outside issuer',
  (stage) => {
    let issuer: OidcIssuer;
    let http: HttpWorld;
    /** Somebody whom nobody has seen. */
    let sub: string;
    const db = () => stage.world.deps.db;
    const me = (token: string, world = http) => world.call('GET', '/api/auth/me', { token });
    const tokenOf = (claims: JWTPayload = {}, change?: TokenChange) =>
      issuer.token({ sub, ...claims }, change);
    const countUsers = async () =>
      Number((await db().query<{ count: string }[]>('select count(*) from users'))[0]?.count);

    beforeEach(async () => {
      issuer = await startOidcIssuer();
      http = await createHttpWorld(stage.world, { oidc: issuer.config });
      sub = randomUUID();
    });

    afterEach(async () => {
      await http.close();
      await issuer.close();
    });

    function expectRefused({ status, body }: Answer): void {
      expect([status, body['code']]).toEqual([401, 'unauthenticated']);
    }

    describe('of somebody new', () => {
      test('makes their account, with name and proven address, and none the second time', async () => {
        const email = `${sub}@Example.com`;
        const token = await tokenOf({ name: 'Ada', email, email_verified: true });
        const first = await me(token);
        expect(first.body).toMatchObject({
          id: expect.stringMatching(/^USR-/),
          email,
          name: 'Ada',
          role: 'user',
        });
        const again = await me(await tokenOf({ name: 'Ada L.' }));
        expect(again.body).toEqual(first.body);
        const [user] = await db().query<object[]>(
          `select password_hash, email_verified_at is not null as verified, usage.used_bytes
             from users join usage on usage.user_id = users.id where users.id = $1`,
          [first.body['id']],
        );
        expect(user).toEqual({ password_hash: null, verified: true, used_bytes: '0' });
        const events = await db().manager.findBy(AuditEvent, { actorId: String(first.body['id']) });
        expect(events).toMatchObject([{ action: 'signed_up', details: { issuer: issuer.config.issuer } }]);
      });

      test('makes one account, however many calls come at once', async () => {
        const before = await countUsers();
        const token = await tokenOf({ email: `${sub}@example.com`, email_verified: true });
        const answers = await Promise.all(Array.from({ length: 8 }, () => me(token)));
        expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
        expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
        expect(await countUsers()).toBe(before + 1);
      });

      test('has a placeholder in place of an address that is not proven', async () => {
        const { body } = await me(await tokenOf({ email: `${sub}@example.com`, email_verified: false }));
        expect(body['email']).toMatch(/^[0-9a-f]{32}@outside\.invalid$/);
      });

      test('does not get the account that has their address, whatever the issuer says', async () => {
        const owner = await stage.world.newUser();
        const email = String(owner.account?.email).toUpperCase();
        const { body } = await me(await tokenOf({ email, email_verified: true }));
        expect(body['id']).not.toBe(owner.id);
        expect(body['email']).toMatch(/@outside\.invalid$/);
      });

      test('has no password, so that none opens the account', async () => {
        const email = `${sub}@example.com`;
        await me(await tokenOf({ email, email_verified: true }));
        const logIn = (password: string) =>
          http.call('POST', '/api/auth/login', { body: { email, password } });
        expect((await logIn('correct horse')).body['code']).toBe('invalid_credentials');
      });

      test('of another issuer, with the same subject, is another', async () => {
        const other = await startOidcIssuer();
        const otherHttp = await createHttpWorld(stage.world, { oidc: other.config });
        const theirs = await me(await other.token({ sub }), otherHttp);
        const ours = await me(await tokenOf());
        expect(theirs.body['id']).not.toBe(ours.body['id']);
        await otherHttp.close();
        await other.close();
      });
    });

    test('of somebody known costs one statement', async () => {
      const token = await tokenOf();
      await me(token);
      const list = () => http.call('GET', '/api/auth/api-keys', { token });
      const identities = (await statementsOf(db(), list)).filter((text) => text.includes('identities'));
      expect(identities).toHaveLength(1);
    });

    test.each(['suspended_at', 'erased_at'])('opens nothing while its account has %s', async (column) => {
      const token = await tokenOf();
      const { body } = await me(token);
      const before = await countUsers();
      await db().query(`update users set ${column} = now() where id = $1`, [body['id']]);
      expectRefused(await me(token));
      expectRefused(await me(await tokenOf({ iat: seconds() + 1 })));
      expect(await countUsers()).toBe(before);
    });

    test('opens nothing when tokens of its time were taken back', async () => {
      const token = await tokenOf({ iat: seconds() - 60 });
      const { body } = await me(token);
      await db().query('update users set tokens_valid_from = now() where id = $1', [body['id']]);
      expectRefused(await me(token));
      expect((await me(await tokenOf({ iat: seconds() + 1 }))).status).toBe(200);
    });

    test('gives the roles that it claims, and no others', async () => {
      const read = async (role: string | undefined, method: 'GET' | 'PATCH' = 'GET') => {
        const token = await tokenOf({ slipway_projects: role && { [stage.projectId]: role } });
        const call = { token, ...(method === 'PATCH' && { body: { name: 'Renamed' } }) };
        return (await http.call(method, `/api/projects/${stage.projectId}`, call)).status;
      };
      expect(await read(undefined)).toBe(404);
      expect(await read('viewer')).toBe(200);
      expect(await read('viewer', 'PATCH')).toBe(403);
      expect(await read('owner', 'PATCH')).toBe(200);
      expect(await read(undefined)).toBe(404);
    });

    const FORGERIES: Record<string, () => Promise<string>> = {
      'for another audience': () => tokenOf({ aud: 'another product' }),
      'without an audience': () => tokenOf({ aud: undefined as never }),
      expired: () => tokenOf({ exp: seconds() - 60 }),
      'without an end': () => tokenOf({ exp: undefined as never }),
      'not valid yet': () => tokenOf({ nbf: seconds() + 600 }),
      'of the future': () => tokenOf({ iat: seconds() + 600 }),
      'without a time': () => tokenOf({ iat: undefined as never }),
      'of nobody': () => tokenOf({ sub: undefined as never }),
      'of a subject that is no name': () => tokenOf({ sub: 'a\0b' }),
      'of another type': () => tokenOf({}, { header: { typ: 'logout+jwt' } }),
      'by a key of somebody else': async () => tokenOf({}, { key: await newSigningKey() }),
      'by a key of somebody else under the name of the right one': async () =>
        tokenOf({}, { key: { ...(await newSigningKey()), kid: issuer.key.kid } }),
      'by an algorithm that is not asked for': async () => {
        await issuer.rotate('RS512');
        return tokenOf();
      },
      'of alg none': async () => {
        const [, payload] = (await tokenOf()).split('.');
        return `${json({ alg: 'none', kid: issuer.key.kid })}.${payload}.`;
      },
      'signed as HS256 with the public key': async () => {
        const [, payload] = (await tokenOf()).split('.');
        const text = `${json({ alg: 'HS256', kid: issuer.key.kid })}.${payload}`;
        return `${text}.${createHmac('sha256', issuer.key.publicPem).update(text).digest('base64url')}`;
      },
      'signed as HS256 with this server’s own secret': async () => {
        const [, payload] = (await tokenOf()).split('.');
        const text = `${json({ alg: 'HS256', typ: 'at+jwt' })}.${payload}`;
        return `${text}.${createHmac('sha256', JWT_SECRET_OF_TESTS).update(text).digest('base64url')}`;
      },
      'changed after it was signed': async () => {
        const [header, , signature] = (await tokenOf()).split('.');
        const payload = json({ iss: issuer.config.issuer, sub: 'eve', exp: seconds() + 600, iat: seconds() });
        return `${header}.${payload}.${signature}`;
      },
    };

    test('is good as the ones below would be, but for what they are named for', async () => {
      expect((await me(await tokenOf({}, { header: { typ: 'at+jwt' } }))).status).toBe(200);
    });

    test.each(Object.keys(FORGERIES))('%s opens nothing, and makes nobody', async (name) => {
      const before = await countUsers();
      expectRefused(await me(await (FORGERIES[name] as () => Promise<string>)()));
      expect(await countUsers()).toBe(before);
    });

    test('that this server does not know of is one of nobody', async () => {
      const other = await startOidcIssuer();
      expectRefused(await me(await other.token()));
      expect(other.fetches).toEqual({ keys: 0, discovery: 0 });
      await other.close();
    });

    test('leaves this server’s own tokens as they are', async () => {
      expect((await me(stage.token)).status).toBe(200);
      expect(issuer.fetches.keys).toBe(0);
    });

    test('ends when it ends, also when it was verified before', async () => {
      const token = await tokenOf({ exp: seconds() + 60 });
      expect((await me(token)).status).toBe(200);
      stage.world.deps.clock.advance(120_000);
      expectRefused(await me(token));
    });

    test('is verified without the issuer as long as its key is known', async () => {
      await me(await tokenOf());
      await issuer.goAway();
      expect((await me(await tokenOf({ iat: seconds() + 1 }))).status).toBe(200);
      expect(issuer.fetches).toEqual({ keys: 1, discovery: 1 });
    });

    test('cannot be judged while the issuer is away and its key is not known', async () => {
      const token = await tokenOf();
      await issuer.goAway();
      const answer = await me(token);
      expect([answer.status, answer.body['code']]).toEqual([503, 'issuer_unavailable']);
      expect(answer.headers['retry-after']).toBe('5');
      await issuer.comeBack();
      expect((await me(token)).status).toBe(200);
    });

    test.each(['ES256', 'PS256', 'EdDSA'])('may be signed by %s', async (alg) => {
      await issuer.rotate(alg);
      expect((await me(await tokenOf())).status).toBe(200);
    });
  },
  storageForTests().slice(0, 1),
);
