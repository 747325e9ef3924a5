import type { CreateShareInput } from '@slipway/sdk/people';
import { faultsOfFields, type FormFaults } from '../../ui/form-faults';

export interface LinkValues {
  /** As `<input type="datetime-local">` has it: local time without a zone; empty for never. */
  expires_at: string;
  password: string;
  max_downloads: string;
}

const LEAST_LINK_PASSWORD = 6;

export function checkLink({ expires_at, password, max_downloads }: LinkValues, now = new Date()): FormFaults {
  const isOver = expires_at !== '' && new Date(expires_at) <= now;
  const isCount = max_downloads === '' || /^[1-9]\d{0,5}$/.test(max_downloads.trim());
  return faultsOfFields({
    expires_at: isOver && 'Choose a time that is still to come.',
    password:
      password !== '' &&
      password.length < LEAST_LINK_PASSWORD &&
      `Use at least ${LEAST_LINK_PASSWORD} characters.`,
    max_downloads: !isCount && 'Enter a whole number, or nothing for no limit.',
  });
}

export const linkInputOf = ({ expires_at, password, max_downloads }: LinkValues): CreateShareInput => ({
  kind: 'link',
  ...(expires_at && { expires_at: new Date(expires_at).toISOString() }),
  ...(password && { password }),
  ...(max_downloads && { max_downloads: Number(max_downloads) }),
});
