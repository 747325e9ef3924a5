import { ApiError, type SlipwayErrorCode } from '@slipway/sdk';
import { describeError } from './describe-error';

export interface FormFaults {
  /** Of the whole form. */
  form: string | null;
  /** By the wire name of the field. */
  fields: Record<string, string>;
}

export const NO_FAULTS: FormFaults = { form: null, fields: {} };

/** What a form's fields are called in a sentence, by their wire names. */
export type FieldNames = Record<string, string>;

/** Refusals as a whole that are about one field. */
const FIELD_OF_CODE: Partial<Record<SlipwayErrorCode, string>> = { email_taken: 'email', slug_taken: 'slug' };

/** Puts what the API refused beside the field it is about; what names no field of the form stands above it. */
export function faultsOf(error: unknown, names: FieldNames): FormFaults {
  if (!(error instanceof ApiError)) return { form: describeError(error), fields: {} };
  const field = FIELD_OF_CODE[error.code];
  if (field !== undefined && field in names) return { form: null, fields: { [field]: error.message } };
  const known = error.errors.filter((fault) => fault.field in names);
  if (known.length === 0) return { form: describeError(error), fields: {} };
  const sentences = known.map((fault) => [fault.field, `${names[fault.field]} ${fault.message}.`]);
  return { form: null, fields: Object.fromEntries(sentences.reverse()) };
}

export const faultsOfFields = (fields: Record<string, string | false | undefined>): FormFaults => ({
  form: null,
  fields: Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => !!entry[1])),
});

export const areNone = ({ form, fields }: FormFaults): boolean =>
  form === null && Object.keys(fields).length === 0;
