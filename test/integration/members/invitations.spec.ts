import { accountOf, type Principal } from '@slipway/core/shared/principal';
import { acceptInvitation, answerInvitation } from '@slipway/core/members/answer-invitation';
import { Invitation } from '@slipway/core/members/invitation.entity';
import { invite, MAX_OPEN_INVITATIONS } from '@slipway/core/members/invite';
import { listInvitations } from '@slipway/core/members/list-invitations';
import { mailInvitation } from '@slipway/core/members/mail-invitation';
import { myInvitations } from '@slipway/core/members/my-invitations';
import { withdrawInvitation } from '@slipway/core/members/withdraw-invitation';
import { archiveProject } from '@slipway/core/projects/archive-project';
import type { ProjectRole } from '@slipway/core/shared/project-role';
import { describeCore } from '../../support/describe-core';
import { emailOf, eventsOf, rolesOf, untrusted } from '../../support/member-steps';
import { embeddedStorage } from '../../support/object-stores';

const DAY_MS = 24 * 60 * 60 * 1000;

describeCore(
  'invitations',
  (stage) => {
    let guest: Principal;

    beforeEach(async () => {
      guest = await stage.world.newUser();
    });

    const deps = () => stage.world.deps;
    const inviteTo = (email: string, role: ProjectRole = 'editor', by = stage.user) =>
      invite(by, { projectId: stage.project.id, email, role }, deps());
    const mine = (who = guest) => myInvitations(who, deps());
    const open = (by = stage.user) => listInvitations(by, stage.project.id, deps());
    const answer = (invitationId: string, accept: boolean, who = guest) =>
      answerInvitation(who, { invitationId, accept }, deps());
    const accept = (token: string, who = guest) => acceptInvitation(who, { token }, deps());
    const withdraw = (invitationId: string, by = stage.user) =>
      withdrawInvitation(by, { projectId: stage.project.id, invitationId }, deps());
    const archive = (archived: boolean) =>
      archiveProject(stage.user, { projectId: stage.project.id, archived }, deps());

    const lastMail = async () => {
      const [mail] = (await deps().mail.kept()) ?? [];
      if (!mail) throw new Error('No mail was sent');
      return mail;
    };

    /** Of the link in the mail that the job sends. */
    async function mailedToken({ id }: { id: string }): Promise<string> {
      await mailInvitation({ invitationId: id }, deps());
      const { body } = await lastMail();
      return /\/#\/app\/invitation\/([\w-]{43})\n/.exec(body)?.[1] ?? '';
    }

    test('go to an address, whether there is an account or not, and both answers look alike', async () => {
      const known = await inviteTo(emailOf(guest).toUpperCase());
      const unknown = await inviteTo('nobody@example.com');
      const common = {
        role: 'editor',
        projectId: stage.project.id,
        invitedBy: accountOf(stage.user),
        expiresAt: new Date(deps().clock.now().getTime() + 14 * DAY_MS),
      };
      expect(known).toMatchObject({ ...common, email: emailOf(guest) });
      expect(unknown).toMatchObject({ ...common, email: 'nobody@example.com' });
      expect(Object.keys(known)).toEqual(Object.keys(unknown));
      expect(await stage.world.waitingJobs('mail-invitation')).toEqual(
        expect.arrayContaining([{ invitation_id: known.id }, { invitation_id: unknown.id }]),
      );
      expect(await eventsOf(stage.world, stage.project.id)).toMatchObject([
        { action: 'invited', personal: { email: emailOf(guest) } },
        {
          action: 'invited',
          details: { invitation_id: unknown.id, role: 'editor' },
          personal: { email: 'nobody@example.com' },
        },
      ]);
    });

    test('are mailed with a link that makes whoever has the address a member, once', async () => {
      const invitation = await inviteTo(emailOf(guest), 'viewer');
      const token = await mailedToken(invitation);
      const mail = await lastMail();
      expect(mail).toMatchObject({ recipient: emailOf(guest), subject: 'Test invites you to Test' });
      expect(mail.body).toContain(`http://localhost:3000/#/app/invitation/${token}`);
      expect(await accept(token)).toMatchObject({ project: { id: stage.project.id }, role: 'viewer' });
      await expect(accept(token)).rejects.toMatchObject({ code: 'link_invalid' });
      expect(await rolesOf(stage.world, guest, stage.project.id)).toHaveProperty(accountOf(guest), 'viewer');
      expect(await open()).toEqual([]);
      expect((await eventsOf(stage.world, stage.project.id)).at(-1)).toEqual({
        action: 'invitation_accepted',
        actor_id: guest.id,
        details: { invitation_id: invitation.id, role: 'viewer' },
        personal: {},
      });
    });

    test('keep nothing that opens them', async () => {
      const invitation = await inviteTo(emailOf(guest));
      const token = await mailedToken(invitation);
      const { tokenHash } = await deps().db.manager.findOneByOrFail(Invitation, { id: invitation.id });
      expect(tokenHash).toHaveLength(32);
      expect(tokenHash?.includes(token)).toBe(false);
    });

    test('mailed again open by the last mail only', async () => {
      const invitation = await inviteTo(emailOf(guest));
      const first = await mailedToken(invitation);
      const second = await mailedToken(invitation);
      await expect(accept(first)).rejects.toMatchObject({ code: 'link_invalid' });
      await accept(second);
    });

    test('are mailed by the repeat where the mail server did not take the mail', async () => {
      const invitation = await inviteTo(emailOf(guest));
      const refusing = { ...deps().mail, send: () => Promise.reject(new Error('451 try again')) };
      const failed = mailInvitation({ invitationId: invitation.id }, { ...deps(), mail: refusing });
      await expect(failed).rejects.toThrow('451');
      await accept(await mailedToken(invitation));
    });

    test('are not mailed any more once they are answered', async () => {
      const invitation = await inviteTo(emailOf(guest));
      await answer(invitation.id, false);
      await mailedToken(invitation).catch(() => undefined);
      const mails = (await deps().mail.kept()) ?? [];
      expect(mails.filter(({ recipient }) => recipient === emailOf(guest))).toEqual([]);
    });

    test('wait in the list of whoever has the address, and are answered there', async () => {
      const { id } = await inviteTo(emailOf(guest), 'owner');
      expect(await mine()).toEqual([
        {
          id,
          projectId: stage.project.id,
          projectName: 'Test',
          role: 'owner',
          invitedBy: 'Test',
          expiresAt: new Date(deps().clock.now().getTime() + 14 * DAY_MS),
        },
      ]);
      await answer(id, true);
      expect(await mine()).toEqual([]);
      expect(await rolesOf(stage.world, guest, stage.project.id)).toHaveProperty(accountOf(guest), 'owner');
      await expect(answer(id, false)).rejects.toMatchObject({ code: 'not_found' });
    });

    test('may be declined, and made again', async () => {
      const { id } = await inviteTo(emailOf(guest));
      await answer(id, false);
      expect([await mine(), await open()]).toEqual([[], []]);
      expect((await eventsOf(stage.world, stage.project.id)).at(-1)).toMatchObject({
        action: 'invitation_declined',
        actor_id: guest.id,
      });
      const again = await inviteTo(emailOf(guest));
      expect(again.id).not.toBe(id);
    });

    test('may be withdrawn, and open nothing then', async () => {
      const invitation = await inviteTo(emailOf(guest));
      const token = await mailedToken(invitation);
      await withdraw(invitation.id);
      await expect(accept(token)).rejects.toMatchObject({ code: 'link_invalid' });
      await expect(answer(invitation.id, true)).rejects.toMatchObject({ code: 'not_found' });
      await expect(withdraw(invitation.id)).rejects.toMatchObject({ code: 'not_found' });
      expect((await eventsOf(stage.world, stage.project.id)).at(-1)).toMatchObject({
        action: 'invitation_withdrawn',
        details: { invitation_id: invitation.id },
        personal: { email: emailOf(guest) },
      });
    });

    test('are open for 14 days, and forgotten with the next one', async () => {
      const invitation = await inviteTo(emailOf(guest));
      const token = await mailedToken(invitation);
      deps().clock.advance(14 * DAY_MS);
      expect([await mine(), await open()]).toEqual([[], []]);
      await expect(accept(token)).rejects.toMatchObject({ code: 'link_invalid' });
      await expect(answer(invitation.id, true)).rejects.toMatchObject({ code: 'not_found' });
      await inviteTo('other@example.com');
      expect(await deps().db.manager.findOneBy(Invitation, { id: invitation.id })).toBeNull();
    });

    test('to the same address are one: renewed, with the new role, and mailed again', async () => {
      const first = await inviteTo(emailOf(guest), 'viewer');
      deps().clock.advance(DAY_MS);
      const second = await inviteTo(emailOf(guest).toUpperCase(), 'owner');
      expect(second).toMatchObject({ id: first.id, role: 'owner', createdAt: first.createdAt });
      expect(second.expiresAt.getTime() - first.expiresAt.getTime()).toBe(DAY_MS);
      expect(await open()).toMatchObject([{ id: first.id, role: 'owner' }]);
    });

    test('made twice at once are one', async () => {
      const [one, other] = await Promise.all([inviteTo(emailOf(guest)), inviteTo(emailOf(guest))]);
      expect(one.id).toBe(other.id);
    });

    test('never lower a role, and raise one', async () => {
      const { id } = await inviteTo(emailOf(guest), 'viewer');
      await stage.world.addMember(stage.project, guest, 'editor');
      await answer(id, true);
      const roleOfGuest = async () => (await rolesOf(stage.world, guest, stage.project.id))[accountOf(guest)];
      expect(await roleOfGuest()).toBe('editor');
      await deps().db.manager.update(Invitation, { id }, { answeredAt: null, answer: null, role: 'owner' });
      await answer(id, true);
      expect(await roleOfGuest()).toBe('owner');
    });

    test('accepted twice at once make one member and one event', async () => {
      const invitation = await inviteTo(emailOf(guest));
      const token = await mailedToken(invitation);
      const ends = await Promise.allSettled([accept(token), answer(invitation.id, true)]);
      expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const events = await eventsOf(stage.world, stage.project.id);
      expect(events.filter(({ action }) => action === 'invitation_accepted')).toHaveLength(1);
    });

    test('are nobody else’s, not even with the token', async () => {
      const other = await stage.world.newUser();
      const invitation = await inviteTo(emailOf(guest));
      const token = await mailedToken(invitation);
      expect(await mine(other)).toEqual([]);
      await expect(answer(invitation.id, true, other)).rejects.toMatchObject({ code: 'not_found' });
      await expect(accept(token, other)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(accept('A'.repeat(43), other)).rejects.toMatchObject({ code: 'link_invalid' });
    });

    test('are not shown to, and not answered by, whoever has not proven the address', async () => {
      const invitation = await inviteTo(emailOf(guest));
      const token = await mailedToken(invitation);
      const somebody = untrusted(guest);
      expect(await mine(somebody)).toEqual([]);
      const unverified = { code: 'email_unverified' };
      await expect(answer(invitation.id, true, somebody)).rejects.toMatchObject(unverified);
      await expect(accept(token, somebody)).rejects.toMatchObject(unverified);
    });

    test('are the owners’ business', async () => {
      const { id } = await inviteTo('other@example.com');
      await stage.world.addMember(stage.project, guest, 'editor');
      const forbidden = { code: 'forbidden' };
      await expect(inviteTo('a@example.com', 'viewer', guest)).rejects.toMatchObject(forbidden);
      await expect(open(guest)).rejects.toMatchObject(forbidden);
      await expect(withdraw(id, guest)).rejects.toMatchObject(forbidden);
      const stranger = await stage.world.newUser();
      await expect(withdraw(id, stranger)).rejects.toMatchObject({ code: 'not_found' });
      const elsewhere = await stage.world.newProject(stranger);
      await expect(
        withdrawInvitation(stranger, { projectId: elsewhere.id, invitationId: id }, deps()),
      ).rejects.toMatchObject({ code: 'not_found' });
    });

    test('to a member are refused: members see each other anyway', async () => {
      await expect(inviteTo(emailOf(stage.user).toUpperCase())).rejects.toMatchObject({
        code: 'already_member',
      });
    });

    test('of an archived project are neither made nor accepted, but may be declined', async () => {
      const { id } = await inviteTo(emailOf(guest));
      await archive(true);
      const archived = { code: 'project_archived' };
      await expect(inviteTo('a@example.com')).rejects.toMatchObject(archived);
      await expect(answer(id, true)).rejects.toMatchObject(archived);
      await answer(id, false);
      await archive(false);
      expect(await open()).toEqual([]);
    });

    test('are at most 200 open ones a project; what is renewed needs no more room', async () => {
      await deps().db.query(
        `insert into invitations (id, project_id, email, role, invited_by, created_at, expires_at)
         select $1 || '-' || n, $1, n || '@example.com', 'viewer', $2, $3, $3::timestamptz + interval '1 day'
           from generate_series(1, $4::int) as n`,
        [stage.project.id, accountOf(stage.user), deps().clock.now(), MAX_OPEN_INVITATIONS - 1],
      );
      const { id } = await inviteTo('last@example.com');
      await expect(inviteTo('over@example.com')).rejects.toMatchObject({
        code: 'quota_exceeded',
        facts: { kind: 'invitations', limit: 200, used: 200 },
      });
      expect(await inviteTo('last@example.com')).toMatchObject({ id });
      await withdraw(id);
      await inviteTo('over@example.com');
    });
  },
  [embeddedStorage],
);
