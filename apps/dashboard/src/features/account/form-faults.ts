import { ApiError } from '@slipway/sdk';
import { describeError } from '../../ui/describe-error';

export interface FormFaults {
  /** Of the whole form. */
  form: string | null;
  /** By the wire name of the field. */
  fields: Record<string, string>;
}

export const NO_FAULTS: FormFaults = { form: null, fields: {} };

const FIELD_OF_CODE: Record<string, string> = { email_taken: 'email' };
const LABELS: Record<string, string> = { email: 'The email', password: 'The password', name: 'The name' };

/** Puts what the API refused beside the field it is about; what names no field stands above the form. */
export function faultsOf(error: unknown): FormFaults {
  if (!(error instanceof ApiError)) return { form: describeError(error), fields: {} };
  const field = FIELD_OF_CODE[error.code];
  if (field) return { form: null, fields: { [field]: error.message } };
  const known = error.errors.filter((fault) => fault.field in LABELS);
  if (known.length === 0) return { form: describeError(error), fields: {} };
  const sentences = known.map((fault) => [fault.field, `${LABELS[fault.field]} ${fault.message}.`]);
  return { form: null, fields: Object.fromEntries(sentences.reverse()) };
}

export interface Credentials {
  name?: string;
  email: string;
  password: string;
}

/** What can be said without asking the server; it decides all the same. */
export function findFaults({ name, email, password }: Credentials): FormFaults {
  const fields: Record<string, string> = {};
  const isNew = name !== undefined;
  if (isNew && name.trim() === '') fields.name = 'Enter your name.';
  if (!/^\S+@\S+$/.test(email.trim())) fields.email = 'Enter an email address like ada@example.com.';
  if (password === '') fields.password = 'Enter your password.';
  else if (isNew && password.length < 8) fields.password = 'Use at least 8 characters.';
  return { form: null, fields };
}

export const areNone = ({ form, fields }: FormFaults): boolean =>
  form === null && Object.keys(fields).length === 0;
