import 'reflect-metadata';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { anchorAudit } from '@slipway/core/audit/anchor-audit';
import { readAuditGuards } from '@slipway/core/audit/audit-guards';
import { EXPORT_FORMATS, type ExportFormat } from '@slipway/core/audit/export-lines';
import { sealAudit } from '@slipway/core/audit/seal-audit';
import { verifyAudit } from '@slipway/core/audit/verify-audit';
import { verifyProof } from '@slipway/core/audit/verify-proof';
import { connect } from '@slipway/core/connect';
import type { Deps } from '@slipway/core/shared/deps';
import { DomainError } from '@slipway/core/shared/errors';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { exportTrail } from '@slipway/core/trail/export-trail';
import { proveForCaller } from '@slipway/core/trail/prove-for-caller';
import { loadConfig } from '@slipway/platform/config/config';
import { StorageError } from '@slipway/platform/object-store/storage-error';
import { formatVerdict } from './audit-verdict';
import { explain } from './explain';
import { findRunningParts } from './find-running-parts';
import { StartError } from './start-error';

const USAGE = `Usage: npm run audit -- verify [--anchors]      whether all events are as they were sealed; names the first that is not
       npm run audit -- export [ndjson|csv]     all events, to the standard output
       npm run audit -- proof <event id>        that one event is under its seal, as JSON
       npm run audit -- anchor                  seals what waits and writes the head of the chain to the bucket`;

const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Whether all is well. */
type Command = (deps: Deps) => Promise<boolean>;

const verify =
  (anchors: boolean): Command =>
  async (deps) => {
    const verdict = await verifyAudit({ anchors }, deps);
    const guards = await readAuditGuards(deps);
    process.stdout.write(formatVerdict(verdict, { guards, anchors, now: deps.clock.now() }));
    return verdict.fault === null;
  };

const exportAll =
  (format: ExportFormat): Command =>
  async (deps) => {
    const asked = { scope: 'installation', filter: {}, format } as const;
    const pieces = await exportTrail(systemPrincipal(), asked, deps);
    await pipeline(Readable.from(pieces), process.stdout, { end: false });
    return true;
  };

const prove =
  (eventId: string): Command =>
  async (deps) => {
    const { proof } = await proveForCaller(systemPrincipal(), eventId, deps);
    say(JSON.stringify(proof, null, 2));
    const fault = verifyProof(proof);
    return fault === null || fault === 'unsealed';
  };

const anchor: Command = async (deps) => {
  const { events } = await sealAudit({}, deps);
  say(`Sealed: ${events} events.`);
  const anchored = await anchorAudit(deps);
  if (!anchored) say('The head of the chain has its anchor.');
  else say(`Wrote ${anchored.key}${anchored.locked ? ', under lock' : ''}.`);
  return true;
};

function commandOf([verb, option, ...more]: string[]): Command {
  if (more.length === 0) {
    if (verb === 'verify' && (option === undefined || option === '--anchors')) return verify(!!option);
    const format = EXPORT_FORMATS.find((one) => one === (option ?? 'ndjson'));
    if (verb === 'export' && format) return exportAll(format);
    if (verb === 'proof' && option !== undefined) return prove(option);
    if (verb === 'anchor' && option === undefined) return anchor;
  }
  throw new StartError(USAGE);
}

function explained(error: unknown): unknown {
  if (error instanceof StorageError) {
    return new StartError(`The storage failed: ${error.message}`, { cause: error });
  }
  return error instanceof DomainError ? new StartError(error.message, { cause: error }) : error;
}

async function main(): Promise<void> {
  const command = commandOf(process.argv.slice(2));
  const config = await findRunningParts(loadConfig(process.env));
  const connection = await connect(config, 'slipway-audit');
  try {
    if (!(await command(connection.deps))) process.exitCode = 1;
  } catch (error) {
    throw explained(error);
  } finally {
    await connection.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error, null)}\n`);
  process.exitCode = 1;
});
