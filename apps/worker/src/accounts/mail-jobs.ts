import { mailAddressTaken, mailEmailVerification, mailPasswordReset } from '@slipway/core/accounts/mail-link';
import { mailPasswordChanged } from '@slipway/core/accounts/mail-password-changed';
import type { Deps } from '@slipway/core/shared/deps';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';
import { logMail } from '../mail/log-mail';

type AccountMails =
  | 'mail-password-reset'
  | 'mail-email-verification'
  | 'mail-address-taken'
  | 'mail-password-changed';

/** One job for each mail, so that one that cannot be sent is tried again by itself. */
export const accountMailJobs = (
  deps: Pick<Deps, 'db' | 'clock' | 'settings' | 'mail'>,
): Pick<JobHandlers, AccountMails> => ({
  'mail-password-reset': async ({ email }, { log }) => logMail(log, await mailPasswordReset(email, deps)),
  'mail-email-verification': async ({ user_id: userId }, { log }) =>
    logMail(log, await mailEmailVerification(userId, deps)),
  'mail-address-taken': async ({ user_id: userId }, { log }) =>
    logMail(log, await mailAddressTaken(userId, deps)),
  'mail-password-changed': async ({ user_id: userId }, { log }) =>
    logMail(log, await mailPasswordChanged(userId, deps)),
});
