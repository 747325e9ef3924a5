import 'reflect-metadata';
import type { User } from '@slipway/core/accounts/user.entity';
import { appoint, listAdministrators } from '@slipway/core/admin/appoint';
import { connect } from '@slipway/core/connect';
import type { Deps } from '@slipway/core/shared/deps';
import { DomainError } from '@slipway/core/shared/errors';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { loadConfig } from '@slipway/platform/config/config';
import { explain } from './explain';
import { findRunningParts } from './find-running-parts';
import { StartError } from './start-error';

const USAGE = `Usage: npm run admin -- grant <e-mail>     makes an account an administrator
       npm run admin -- revoke <e-mail>    makes an administrator a user again
       npm run admin -- list               who is one`;

type Command = (deps: Deps) => Promise<string>;

const appointing =
  (email: string, role: User['role']): Command =>
  async (deps) => {
    const user = await appoint(systemPrincipal(), { email, role }, deps);
    const is = role === 'admin' ? 'is an administrator' : 'is no administrator';
    return `${user.email} ${is}.${user.suspendedAt === null ? '' : ' The account is suspended.'}`;
  };

const describe = ({ email, id, suspendedAt }: User): string =>
  `${email}  ${id}${suspendedAt === null ? '' : '  suspended'}`;

const listing: Command = async (deps) => {
  const administrators = await listAdministrators(deps);
  return administrators.length === 0
    ? 'Nobody is an administrator. Make one: npm run admin -- grant <e-mail>'
    : administrators.map(describe).join('\n');
};

function commandOf([verb, email, ...more]: string[]): Command {
  if (verb === 'list' && email === undefined) return listing;
  const isOne = email !== undefined && more.length === 0;
  if (verb === 'grant' && isOne) return appointing(email, 'admin');
  if (verb === 'revoke' && isOne) return appointing(email, 'user');
  throw new StartError(USAGE);
}

async function main(): Promise<void> {
  const command = commandOf(process.argv.slice(2));
  const connection = await connect(await findRunningParts(loadConfig(process.env)), 'slipway-admin');
  try {
    process.stdout.write(`${await command(connection.deps)}\n`);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    throw new StartError(error.message, { cause: error });
  } finally {
    await connection.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error, null)}\n`);
  process.exitCode = 1;
});
