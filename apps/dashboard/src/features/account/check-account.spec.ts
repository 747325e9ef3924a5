import { areNone } from '../../ui/form-faults';
import { checkAccount } from './check-account';

describe('an account form before it is sent', () => {
  it('asks for eight characters of a new password only', () => {
    expect(checkAccount({ name: 'Ada', email: 'ada@example.com', password: 'short' }).fields).toHaveProperty(
      'password',
    );
    expect(areNone(checkAccount({ email: 'ada@example.com', password: 'short' }))).toBe(true);
  });

  it('asks for a name and an email that could be one', () => {
    const { fields } = checkAccount({ name: ' ', email: 'ada', password: 'long enough' });
    expect(Object.keys(fields)).toEqual(['name', 'email']);
  });
});
