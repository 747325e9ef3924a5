import type { Tier, TierInput } from '@slipway/sdk/admin';
import { faultsOfFields, type FormFaults } from '../../ui/form-faults';
import { bytesOfGigabytes, gigabytesOf } from '../../ui/gigabytes';

/** A tier as a person fills it in: GiB, and nothing where the configuration decides. */
export interface TierValues {
  name: string;
  max_bytes: string;
  max_file_size: string;
  requests_per_minute: string;
  max_access_url_seconds: string;
}

const orEmpty = (number: number | null): string => (number === null ? '' : String(number));

export const tierValuesOf = (tier: Tier | null): TierValues => ({
  name: tier?.name ?? '',
  max_bytes: tier ? gigabytesOf(tier.max_bytes) : '',
  max_file_size: tier ? gigabytesOf(tier.max_file_size) : '',
  requests_per_minute: orEmpty(tier?.requests_per_minute ?? null),
  max_access_url_seconds: orEmpty(tier?.max_access_url_seconds ?? null),
});

const isCountOrNothing = (text: string): boolean => /^([1-9]\d*)?$/.test(text.trim());

export function checkTier(values: TierValues): FormFaults {
  const amount = 'Enter an amount in GiB.';
  const count = 'Enter a whole number, or nothing for what is configured.';
  return faultsOfFields({
    name: !/^[a-z0-9][a-z0-9-]{0,39}$/.test(values.name.trim()) && 'Use small letters, digits and hyphens.',
    max_bytes: bytesOfGigabytes(values.max_bytes) === null && amount,
    max_file_size: bytesOfGigabytes(values.max_file_size) === null && amount,
    requests_per_minute: !isCountOrNothing(values.requests_per_minute) && count,
    max_access_url_seconds: !isCountOrNothing(values.max_access_url_seconds) && count,
  });
}

const countOf = (text: string): number | null => (text.trim() === '' ? null : Number(text));

/** Of values without a fault. What the form does not ask for stays as it is: a limit that is left out would be none. */
export const tierInputOf = (values: TierValues, tier: Tier | null): TierInput => ({
  max_files: tier?.max_files ?? null,
  max_project_bytes: tier?.max_project_bytes ?? null,
  max_project_files: tier?.max_project_files ?? null,
  max_bytes: bytesOfGigabytes(values.max_bytes) ?? 0,
  max_file_size: bytesOfGigabytes(values.max_file_size) ?? 0,
  requests_per_minute: countOf(values.requests_per_minute),
  max_access_url_seconds: countOf(values.max_access_url_seconds),
});
