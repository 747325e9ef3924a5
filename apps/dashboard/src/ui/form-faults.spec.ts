import { ApiError, NetworkError } from '@slipway/sdk';
import { areNone, faultsOf, faultsOfFields } from './form-faults';

const names = { email: 'The email', password: 'The password' };

describe('what the API refused, in a form', () => {
  it('stands beside its field, the first fault of a field only', () => {
    const errors = [
      { field: 'email', message: 'must be an email' },
      { field: 'password', message: 'must be longer than or equal to 8 characters' },
      { field: 'password', message: 'must be a string' },
    ];
    expect(faultsOf(new ApiError(400, { code: 'invalid_request', errors }), names)).toEqual({
      form: null,
      fields: {
        email: 'The email must be an email.',
        password: 'The password must be longer than or equal to 8 characters.',
      },
    });
  });

  it('stands beside a field also where the whole call was refused for it', () => {
    const error = new ApiError(409, { code: 'email_taken', detail: 'There is an account with this email.' });
    expect(faultsOf(error, names).fields).toEqual({ email: 'There is an account with this email.' });
    expect(faultsOf(error, { name: 'The name' }).form).toBe('There is an account with this email.');
  });

  it('stands above the form where it is about no field', () => {
    const wrong = new ApiError(401, { code: 'invalid_credentials', detail: 'Email or password is wrong.' });
    expect(faultsOf(wrong, names)).toEqual({ form: 'Email or password is wrong.', fields: {} });
    expect(faultsOf(new NetworkError('x'), names).form).toMatch(/cannot be reached/);
  });
});

test('fields without a fault are none', () => {
  expect(areNone(faultsOfFields({ email: false, password: undefined }))).toBe(true);
  expect(faultsOfFields({ email: 'Enter one.', name: false }).fields).toEqual({ email: 'Enter one.' });
});
