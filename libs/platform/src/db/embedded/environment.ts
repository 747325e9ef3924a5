/** Nothing of the caller's PGPORT, PGDATA, LD_… or language: the server behaves alike everywhere and speaks English. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}
