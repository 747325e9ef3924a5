import type { Mail } from '@slipway/platform/mail/mail-sender';
import { layOut } from './mail-layout';

interface Addressee {
  to: string;
  name: string;
}

interface WithLink extends Addressee {
  url: string;
}

const UNASKED = 'If it was not you, do nothing: without the link nothing changes.';

export const resetMail = ({ to, name, url }: WithLink): Mail =>
  layOut({
    to,
    subject: 'Choose a new password',
    before: [`Hello ${name},`, 'somebody asked for a new password for your account.'],
    link: { label: 'Choose it within the hour', url },
    after: [UNASKED],
  });

export const verificationMail = ({ to, name, url }: WithLink): Mail =>
  layOut({
    to,
    subject: 'Confirm your e-mail address',
    before: [`Hello ${name},`, 'one step is left: confirm that this address is yours.'],
    link: { label: 'Confirm it within a day', url },
    after: ['If you have no account here, do nothing: the address is not used until it is confirmed.'],
  });

export const addressTakenMail = ({ to, name, url }: WithLink): Mail =>
  layOut({
    to,
    subject: 'You have an account already',
    before: [`Hello ${name},`, 'somebody tried to sign up with this address. It has an account: yours.'],
    link: { label: 'If you forgot its password, choose a new one within the hour', url },
    after: [UNASKED],
  });

export const passwordChangedMail = ({ to, name, url }: WithLink): Mail =>
  layOut({
    to,
    subject: 'Your password was changed',
    before: [
      `Hello ${name},`,
      'the password of your account was changed, and every other device was signed out.',
    ],
    link: { label: 'If it was not you, ask for a new password at once', url },
  });

export const invitationMail = ({
  to,
  inviter,
  project,
  url,
}: {
  to: string;
  inviter: string;
  project: string;
  url: string;
}): Mail =>
  layOut({
    to,
    subject: `${inviter} invites you to ${project}`,
    before: ['Hello,', `${inviter} invites you to the project ${project}.`],
    link: { label: 'See the invitation', url },
    after: ['If you do not know them, do nothing.'],
  });
