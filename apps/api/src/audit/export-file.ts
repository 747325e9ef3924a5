import { Readable } from 'node:stream';
import { applyDecorators, Header, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { ExportFormat } from '@slipway/core/audit/export-lines';

const TYPES: Record<ExportFormat, string> = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8; header=present',
};

/** The answer is a file that is sent as it is read. */
export const AnswersFile = (format: ExportFormat): MethodDecorator =>
  applyDecorators(
    Header('content-type', TYPES[format]),
    Header('content-disposition', `attachment; filename="audit.${format}"`),
    Header('cache-control', 'no-store'),
    ApiProduces(TYPES[format].replace(/;.*/, '')),
    ApiOkResponse({ schema: { type: 'string' } }),
  );

/** One that breaks off ends the connection: what arrived is then seen to be incomplete. */
export const toFile = (pieces: AsyncGenerator<string>): StreamableFile =>
  new StreamableFile(Readable.from(pieces, { objectMode: false }));
