import { ValidationPipe } from '@nestjs/common';
import { DomainError, type FieldError } from '@slipway/core/shared/errors';
import type { ValidationError } from 'class-validator';

/** `parts[0].size` for a fault inside a list. */
const pathOf = (parent: string, { property }: ValidationError): string => {
  if (parent === '') return property;
  return /^\d+$/.test(property) ? `${parent}[${property}]` : `${parent}.${property}`;
};

function flatten(faults: ValidationError[], parent = ''): FieldError[] {
  return faults.flatMap((fault) => {
    const field = pathOf(parent, fault);
    const own = Object.values(fault.constraints ?? {}).map((message) => ({
      field,
      message: message.replace(`${fault.property} `, ''),
    }));
    return [...own, ...flatten(fault.children ?? [], field)];
  });
}

/** Wire classes are checked in full: unknown fields are faults too, since they are mostly misspelt known ones. */
export const validationPipe = () =>
  new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    exceptionFactory: (faults) =>
      new DomainError('invalid_request', 'The request has faults; see errors.', { errors: flatten(faults) }),
  });
