const FIRST_MS = 700;
const LONGEST_MS = 10_000;
const GROWTH = 1.4;
/** As many files take so much longer that looking as often would find little. */
const CROWD = 20;

/** Most thumbnails are there within a second; a long video or a stopped worker must not cost a call each second. */
export const pollDelay = ({ looks, files }: { looks: number; files: number }): number =>
  Math.min(FIRST_MS * GROWTH ** looks * Math.max(1, files / CROWD), LONGEST_MS);
