import { mailInvitation } from '@slipway/core/members/mail-invitation';
import type { Deps } from '@slipway/core/shared/deps';
import type { JobHandlers } from '@slipway/platform/jobs/job-handlers';

export const mailInvitationJob =
  (deps: Pick<Deps, 'db' | 'clock' | 'mail' | 'settings'>): JobHandlers['mail-invitation'] =>
  (payload) =>
    mailInvitation({ invitationId: payload.invitation_id }, deps);
