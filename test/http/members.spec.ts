import { mailInvitation } from '@slipway/core/members/mail-invitation';
import { accountOf, type Principal } from '@slipway/core/shared/principal';
import { describeHttp } from '../support/describe-http';
import { emailOf } from '../support/member-steps';
import { embeddedStorage } from '../support/object-stores';

describeHttp(
  'members over HTTP',
  (stage) => {
    let guest: Principal;
    let guestToken: string;

    beforeEach(async () => {
      guest = await stage.world.newUser();
      guestToken = await stage.http.signInAs(guest);
    });

    const call = (
      method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
      path: string,
      { body, token = stage.token }: { body?: object; token?: string } = {},
    ) => stage.http.call(method, `/api${path}`, { token, ...(body && { body }) });
    const within = (path: string) => `/projects/${stage.projectId}/${path}`;
    const add = (body: object) => call('POST', within('members'), { body });

    test('are added by id, listed, changed and removed', async () => {
      const added = await add({ user_id: accountOf(guest), role: 'viewer' });
      expect(added.status).toBe(201);
      const member = {
        user_id: accountOf(guest),
        name: 'Test',
        email: emailOf(guest),
        role: 'viewer',
        is_payer: false,
        joined_at: expect.stringMatching(/^\d{4}-.*Z$/),
      };
      expect(added.body).toEqual(member);
      const list = await call('GET', within('members?limit=10'), { token: guestToken });
      expect(list.body).toEqual({
        data: expect.arrayContaining([member, expect.objectContaining({ role: 'owner', is_payer: true })]),
        next_cursor: null,
      });
      const one = within(`members/${accountOf(guest)}`);
      const changed = await call('PATCH', one, { body: { role: 'editor' } });
      expect([changed.status, changed.body['role']]).toEqual([200, 'editor']);
      expect((await call('DELETE', one, { token: guestToken })).status).toBe(204);
      expect((await call('DELETE', one)).status).toBe(404);
    });

    test('by address are invited, alike whether there is an account', async () => {
      const invitation = (email: string) => ({
        id: expect.stringMatching(/^INV-/),
        email,
        role: 'editor',
        invited_by: expect.stringMatching(/^USR-/),
        created_at: expect.any(String),
        expires_at: expect.any(String),
      });
      for (const email of [emailOf(guest), 'nobody@example.com']) {
        const { status, body } = await add({ email: ` ${email.toUpperCase()} `, role: 'editor' });
        expect([status, body]).toEqual([201, invitation(email)]);
      }
      const open = await call('GET', within('invitations'));
      expect(open.body['data']).toHaveLength(2);
      const [{ id }] = open.body['data'] as [{ id: string }];
      expect((await call('DELETE', within(`invitations/${id}`))).status).toBe(204);
      expect((await call('DELETE', within(`invitations/${id}`))).status).toBe(404);
    });

    test.each([
      [{ role: 'viewer' }, ['user_id']],
      [{ role: 'viewer', user_id: 'USR-1', email: 'a@example.com' }, ['user_id']],
      [{ role: 'viewer', user_id: 7 }, ['user_id']],
      [{ role: 'viewer', user_id: 'U'.repeat(41) }, ['user_id']],
      [{ role: 'viewer', email: 'nobody' }, ['email']],
      [{ role: 'viewer', email: null }, ['email']],
      [{ role: 'viewer', email: 'a@example.com\nbcc: b@example.com' }, ['email']],
      [{ role: 'admin', user_id: 'USR-1' }, ['role']],
      [{ user_id: 'USR-1' }, ['role']],
    ])('%j is refused by name', async (body, fields) => {
      const answer = await add(body);
      expect([answer.status, answer.body['code']]).toEqual([400, 'invalid_request']);
      const errors = answer.body['errors'] as { field: string }[];
      expect([...new Set(errors.map(({ field }) => field))]).toEqual(fields);
    });

    test('answer their invitations, in the list and by the mailed link', async () => {
      const { body: first } = await add({ email: emailOf(guest), role: 'viewer' });
      const list = await call('GET', '/me/invitations', { token: guestToken });
      expect(list.body).toEqual({
        data: [
          {
            id: first['id'],
            project_id: stage.projectId,
            project_name: 'Harbour',
            role: 'viewer',
            invited_by: 'A. User',
            expires_at: first['expires_at'],
          },
        ],
      });
      const answer = (body: object) =>
        call('POST', `/me/invitations/${String(first['id'])}`, { token: guestToken, body });
      expect((await answer({ accept: 'no' })).status).toBe(400);
      expect((await answer({ accept: false })).status).toBe(204);
      expect((await answer({ accept: true })).status).toBe(404);

      const { body: second } = await add({ email: emailOf(guest), role: 'editor' });
      await mailInvitation({ invitationId: String(second['id']) }, stage.world.deps);
      const [mail] = (await stage.world.deps.mail.kept()) ?? [];
      const token = /invitation\/([\w-]+)/.exec(mail?.body ?? '')?.[1];
      const accept = (by: string) => call('POST', '/invitations/accept', { token: by, body: { token } });
      expect((await accept(stage.token)).body['code']).toBe('forbidden');
      const accepted = await accept(guestToken);
      expect([accepted.status, accepted.body['id'], accepted.body['role']]).toEqual([
        200,
        stage.projectId,
        'editor',
      ]);
      const again = await accept(guestToken);
      expect([again.status, again.body['code']]).toEqual([410, 'link_invalid']);
    });

    test('and the payer: the last owner stays', async () => {
      const { body } = await call('GET', `/projects/${stage.projectId}`);
      const { status, body: problem } = await call('DELETE', within(`members/${String(body['owner_id'])}`));
      expect([status, problem['code']]).toEqual([409, 'last_owner']);
    });
  },
  [embeddedStorage],
);
