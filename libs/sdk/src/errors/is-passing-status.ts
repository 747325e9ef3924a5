/** Statuses that say "not now" and not "no". */
export const isPassingStatus = (status: number): boolean => status === 408 || status === 429 || status >= 500;
