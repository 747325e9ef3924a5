import { Environment } from './environment';
import { readImports } from './import-config';

const read = (variables: NodeJS.ProcessEnv) => {
  const environment = new Environment(variables);
  return { imports: readImports(environment), faults: environment.faults };
};

test('nothing is imported, and never without TLS, unless it is said', () => {
  expect(read({})).toEqual({
    imports: { hosts: [], allowHttp: false, maxBytes: 5 * 1024 ** 3, timeoutMinutes: 30 },
    faults: [],
  });
});

test('hosts are named, with all below them or a port', () => {
  const { imports } = read({ IMPORT_HOSTS: 'Files.example.com, *.cdn.example.com ,old.example.com:8443' });
  expect(imports.hosts).toEqual([
    { host: 'files.example.com', subdomains: false, port: null },
    { host: 'cdn.example.com', subdomains: true, port: null },
    { host: 'old.example.com', subdomains: false, port: 8443 },
  ]);
});

test.each(['*', 'https://files.example.com', 'files.example.com/x', 'a.example,,b.example'])(
  '%s is a fault',
  (hosts) => {
    expect(read({ IMPORT_HOSTS: hosts }).faults).toEqual([expect.stringMatching(/^IMPORT_HOSTS: /)]);
  },
);
