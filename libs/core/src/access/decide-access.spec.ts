import { systemPrincipal, type Principal } from '../shared/principal';
import { mayEnter } from './decide-access';

const user = (id: string): Principal => ({ kind: 'user', id, ip: null, userAgent: null, requestId: null });

test('the owner enters', () => {
  expect(mayEnter(user('USR-1'), { ownerId: 'USR-1' })).toBe(true);
});

test('another user does not', () => {
  expect(mayEnter(user('USR-2'), { ownerId: 'USR-1' })).toBe(false);
});

test('a job enters every project', () => {
  expect(mayEnter(systemPrincipal(), { ownerId: 'USR-1' })).toBe(true);
});
