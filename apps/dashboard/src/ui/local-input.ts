const two = (number: number): string => String(number).padStart(2, '0');

/** What `<input type="datetime-local">` shows: the device's own time, to the minute; empty for null. */
export function localInputOf(time: string | null): string {
  if (time === null) return '';
  const date = new Date(time);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** RFC 3339 in UTC; null for an empty field. */
export const timeOfLocalInput = (value: string): string | null =>
  value === '' ? null : new Date(value).toISOString();
