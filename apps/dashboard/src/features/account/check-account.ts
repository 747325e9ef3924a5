import { type FieldNames, faultsOfFields, type FormFaults } from '../../ui/form-faults';
import { faultOfEmail, faultOfNewPassword } from '../../ui/check-fields';

export interface Credentials {
  name?: string;
  email: string;
  password: string;
}

export const ACCOUNT_FIELDS: FieldNames = { email: 'The email', password: 'The password', name: 'The name' };

/** What can be said without asking the server; it decides all the same. */
export function checkAccount({ name, email, password }: Credentials): FormFaults {
  const isNew = name !== undefined;
  return faultsOfFields({
    name: isNew && name.trim() === '' && 'Enter your name.',
    email: faultOfEmail(email),
    password: password === '' ? 'Enter your password.' : isNew && faultOfNewPassword(password),
  });
}
