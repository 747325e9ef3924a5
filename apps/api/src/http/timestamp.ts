import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsDate } from 'class-validator';

/** RFC 3339 §5.6; `Date` reads many other forms, some of them as it pleases. */
const TIMESTAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;

const toDate = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' && TIMESTAMP.test(value) ? new Date(value) : value;

/** Reads a field of the wire as a `Date`. */
export const IsTimestamp = () =>
  applyDecorators(Transform(toDate), IsDate({ message: 'must be an RFC 3339 date-time' }));
