import type { OpenAPIObject } from '@nestjs/swagger';
import type { ErrorCode } from '@slipway/core/shared/errors';
import { PROBLEM_CONTENT } from './fails';
import { MAX_KEY_LENGTH } from './idempotency-key';
import { statusOf } from './problem';

const UNSAFE = ['post', 'put', 'patch', 'delete'] as const;
const CODES: ErrorCode[] = ['idempotency_in_progress', 'idempotency_key_reused'];

const PARAMETER = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'A call repeated with its key within a day has the answer of the first and does nothing again',
  schema: { type: 'string', minLength: 1, maxLength: MAX_KEY_LENGTH },
} as const;

type Operation = NonNullable<OpenAPIObject['paths'][string]['post']>;

function describe(operation: Operation): void {
  operation.parameters = [
    ...(operation.parameters ?? []),
    { $ref: '#/components/parameters/IdempotencyKey' },
  ];
  for (const code of CODES) {
    const status = String(statusOf(code));
    const known = operation.responses[status];
    const said = known && 'description' in known ? [known.description] : [];
    // Of some routes a use case fails with the same code.
    const told = said.join().includes(code) ? said : [...said, `\`${code}\``];
    operation.responses[status] = { description: told.join(', '), content: PROBLEM_CONTENT };
  }
}

/** Adds what the interceptor does on every unsafe route, so that no route can forget to say it. */
export function describeIdempotency(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths)) {
    for (const method of UNSAFE) {
      const operation = path[method];
      if (operation) describe(operation);
    }
  }
  document.components = { ...document.components, parameters: { IdempotencyKey: PARAMETER } };
  return document;
}
