import { ApiError, NetworkError } from '@slipway/sdk';
import { areNone, faultsOf, findFaults } from './form-faults';

describe('faults of the account forms', () => {
  it("puts each of the API's field errors beside its field, the first one of a field", () => {
    const errors = [
      { field: 'email', message: 'must be an email' },
      { field: 'password', message: 'must be longer than or equal to 8 characters' },
      { field: 'password', message: 'must be a string' },
    ];
    expect(faultsOf(new ApiError(400, { code: 'invalid_request', errors }))).toEqual({
      form: null,
      fields: {
        email: 'The email must be an email.',
        password: 'The password must be longer than or equal to 8 characters.',
      },
    });
  });

  it('puts a taken email beside the email', () => {
    const error = new ApiError(409, { code: 'email_taken', detail: 'There is an account with this email.' });
    expect(faultsOf(error).fields).toEqual({ email: 'There is an account with this email.' });
  });

  it('says above the form what is about no field', () => {
    const wrong = new ApiError(401, { code: 'invalid_credentials', detail: 'Email or password is wrong.' });
    expect(faultsOf(wrong)).toEqual({ form: 'Email or password is wrong.', fields: {} });
    expect(faultsOf(new NetworkError('x')).form).toMatch(/cannot be reached/);
  });

  it('asks for eight characters of a new password only', () => {
    expect(findFaults({ name: 'Ada', email: 'ada@example.com', password: 'short' }).fields).toHaveProperty(
      'password',
    );
    expect(areNone(findFaults({ email: 'ada@example.com', password: 'short' }))).toBe(true);
  });

  it('asks for a name and an email that could be one', () => {
    const { fields } = findFaults({ name: ' ', email: 'ada', password: 'long enough' });
    expect(Object.keys(fields)).toEqual(['name', 'email']);
  });
});
