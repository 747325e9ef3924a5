const FIRST_MS = 700;
const LONGEST_MS = 10_000;
const GROWTH = 1.4;

/** Most thumbnails are there within a second; a long video or a stopped worker must not cost a call each second. */
export const pollDelay = (looks: number): number => Math.min(FIRST_MS * GROWTH ** looks, LONGEST_MS);
