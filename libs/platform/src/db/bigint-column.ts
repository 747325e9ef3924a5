import type { ValueTransformer } from 'typeorm';

/** PostgreSQL sends `bigint` as text; byte counts stay exact as numbers up to 8 PiB. */
export const bigintColumn: ValueTransformer = {
  to: (value: unknown) => value,
  from: (value: string | null) => (value === null ? null : Number(value)),
};
