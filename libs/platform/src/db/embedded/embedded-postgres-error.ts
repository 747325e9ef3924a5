/**
 * - `port_in_use`: another program listens there.
 * - `folder_unusable`: the data folder cannot be made, entered or written.
 * - `no_account`: started by root, and the machine has no other account for the server.
 * - `no_binaries`: no PostgreSQL comes from npm for this platform, or its package is not installed.
 * - `start_failed`: anything else; the message carries PostgreSQL's own words.
 */
export type EmbeddedPostgresFailure =
  | 'port_in_use'
  | 'folder_unusable'
  | 'no_account'
  | 'no_binaries'
  | 'start_failed';

/** Its message is one line that says what is wrong and what to do: fit to be shown to a user as it is. */
export class EmbeddedPostgresError extends Error {
  constructor(
    readonly failure: EmbeddedPostgresFailure,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'EmbeddedPostgresError';
  }
}

export function folderError(folder: string, cause: unknown): EmbeddedPostgresError {
  const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
  return new EmbeddedPostgresError(
    'folder_unusable',
    `The folder ${folder} cannot be written (${code}). Let this user write there, or name another folder.`,
    { cause },
  );
}
