const GIB = 1024 ** 3;

/** What a person types for an amount of storage: GiB, with a comma or a point. Null where it is no amount. */
export function bytesOfGigabytes(text: string): number | null {
  const amount = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(amount) && amount > 0 ? Math.round(amount * GIB) : null;
}

export const gigabytesOf = (bytes: number): string => String(Number((bytes / GIB).toFixed(3)));
