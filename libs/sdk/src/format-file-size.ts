const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'];

/** `formatFileSize(1536)` is `1.5 KB`: steps of 1024, as file managers and the API's limits count. */
export function formatFileSize(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  // 1023.95 would be shown as 1024.0, which is one of the next unit.
  while (value >= (unit === 0 ? 1024 : 1023.95) && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number(value.toFixed(unit === 0 ? 0 : 1))} ${UNITS[unit]}`;
}
