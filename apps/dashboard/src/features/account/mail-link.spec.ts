import { mailLinkOf } from './mail-link';

test.each([
  ['#/app/reset/abc', { kind: 'reset', token: 'abc' }],
  ['#/app/verify/a%2Bb', { kind: 'verify', token: 'a+b' }],
  ['#/app/invitation/abc', { kind: 'invitation', token: 'abc' }],
  ['#/app/reset/', null],
  ['#/app/reset/a/b', null],
  ['#/app/project/PRJ-1', null],
  ['', null],
])('%s', (hash, link) => {
  expect(mailLinkOf(hash)).toEqual(link);
});
