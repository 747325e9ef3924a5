import { readClaims } from './read-claims';

const CONFIG = {
  issuer: 'https://login.example.com',
  claims: { name: 'name', email: 'email', projects: 'https://files.example.com/projects' },
};
const PROJECT = 'PRJ-01K9ZD2J6H9CF0QW5T1R4V7XYZ';
const OTHER = 'PRJ-01K9ZD2J6H9CF0QW5T1R4V7XYA';

const read = (claims: object) => readClaims({ sub: 'ada', ...claims }, CONFIG);
const rolesOf = (projects: unknown) => read({ [CONFIG.claims.projects]: projects })?.claimedRoles;

test('a token that says nothing more than who it is of does', () => {
  expect(read({})).toEqual({
    issuer: CONFIG.issuer,
    subject: 'ada',
    name: null,
    email: null,
    claimedRoles: {},
  });
});

test.each([undefined, '', 7, 'a b', 'a\0b', 'a\n', 'é', 'x'.repeat(256)])('%j names nobody', (sub) => {
  expect(read({ sub })).toBeNull();
});

test.each([
  [true, 'ada@example.com'],
  ['true', 'ada@example.com'],
  [false, null],
  ['false', null],
  [1, null],
  [undefined, null],
])('an address whose proof is %j is %j', (email_verified, email) => {
  expect(read({ email: 'ada@example.com', email_verified })?.email).toBe(email);
});

test.each([
  7,
  '',
  'ada',
  'a@b@c',
  'ada@example.com\r\nBcc: x@example.com',
  'a\0@b',
  `${'a'.repeat(250)}@b.co`,
])('the address %j is none', (email) => {
  expect(read({ email, email_verified: true })?.email).toBeNull();
});

test.each([
  ['  Ada  ', 'Ada'],
  ['A\u202Eda\n', 'A_da_'],
  ['\ud83d', '�'],
  ['é'.repeat(101), 'é'.repeat(100)],
  ['🦭'.repeat(101), '🦭'.repeat(100)],
  [' ', null],
  [{ first: 'Ada' }, null],
])('the name %j is read as %j', (name, expected) => {
  expect(read({ name })?.name).toBe(expected);
});

test.each([
  [
    { [PROJECT]: 'editor', [OTHER]: 'viewer' },
    { [PROJECT]: 'editor', [OTHER]: 'viewer' },
  ],
  [[{ id: PROJECT, role: 'owner' }, { id: OTHER, role: 'king' }, null, 'x', 3], { [PROJECT]: 'owner' }],
  [JSON.parse(`{"__proto__": "owner", "constructor": "owner", "${PROJECT}": "Editor"}`) as unknown, {}],
  [{ [`${PROJECT} `]: 'owner', [PROJECT.toLowerCase()]: 'owner' }, {}],
  ['owner', {}],
  [null, {}],
])('the roles %j are read as %j', (claimed, roles) => {
  expect(rolesOf(claimed)).toEqual(roles);
});
