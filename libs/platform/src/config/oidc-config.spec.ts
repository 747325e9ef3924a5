import { Environment } from './environment';
import { readOidc } from './oidc-config';

const ISSUER = { OIDC_ISSUER: 'https://login.example.com/', OIDC_AUDIENCE: 'files' };

function read(variables: Record<string, string>) {
  const environment = new Environment(variables);
  return { config: readOidc(environment), faults: environment.faults };
}

test('without an issuer there is none', () => {
  expect(read({})).toEqual({ config: null, faults: [] });
});

test('an issuer is taken to the letter, with keys of asymmetric algorithms', () => {
  expect(read(ISSUER)).toEqual({
    config: {
      issuer: 'https://login.example.com/',
      audience: 'files',
      jwksUrl: null,
      algorithms: ['RS256', 'ES256', 'PS256', 'EdDSA'],
      claims: { name: 'name', email: 'email', projects: 'slipway_projects' },
    },
    faults: [],
  });
});

test.each(['none', 'HS256', 'RS256,HS256', 'RS256,none', 'rs256', ''.padEnd(3, ',')])(
  'the algorithms %j are refused',
  (OIDC_ALGORITHMS) => {
    expect(read({ ...ISSUER, OIDC_ALGORITHMS }).faults).toEqual([
      expect.stringMatching(/^OIDC_ALGORITHMS: /),
    ]);
  },
);

test.each([
  'http://127.0.0.1:8080',
  'http://localhost',
  'http://[::1]:9/realms/a',
  'https://a.example/realms/a',
])('the issuer %s will do', (OIDC_ISSUER) => {
  expect(read({ ...ISSUER, OIDC_ISSUER })).toMatchObject({ config: { issuer: OIDC_ISSUER }, faults: [] });
});

test.each([
  'http://login.example.com',
  'http://127.0.0.1.example.com',
  'https://a.example?tenant=1',
  'https://a.example/#x',
  'https://me:secret@a.example',
  'login.example.com',
])('the issuer %s is refused', (OIDC_ISSUER) => {
  expect(read({ ...ISSUER, OIDC_ISSUER }).faults).toEqual([expect.stringMatching(/^OIDC_ISSUER: /)]);
});

test('the keys are not fetched where anybody may put others in their place', () => {
  expect(read({ ...ISSUER, OIDC_JWKS_URL: 'http://login.example.com/keys' }).faults).toHaveLength(1);
});

test('issuer and audience go together', () => {
  expect(read({ OIDC_ISSUER: ISSUER.OIDC_ISSUER }).faults).toEqual([
    expect.stringContaining('OIDC_AUDIENCE'),
  ]);
  expect(read({ OIDC_AUDIENCE: 'files' }).faults).toEqual([expect.stringContaining('OIDC_AUDIENCE')]);
});
