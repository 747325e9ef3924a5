import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsString, Length, Matches } from 'class-validator';

/**
 * Anything a person can read: no control characters, no line or paragraph separators, nothing that turns the direction
 * of what follows (UAX #9), no half of a surrogate pair.
 */
const READABLE = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u;

/** What people call something: trimmed, readable, 1 to `maxLength` characters. */
export const IsDisplayName = (maxLength: number) =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    IsString(),
    Length(1, maxLength),
    Matches(READABLE, { message: 'must not have control or direction characters' }),
  );
