const FIRST_MS = 700;
const LONGEST_MS = 10_000;
const GROWTH = 1.4;
/** As many files take so much longer that looking as often would find little. */
const CROWD = 20;

/** Most thumbnails are there within a second; a long video or a stopped worker must not cost a call each second. */
export const pollDelay = ({ looks, files }: { looks: number; files: number }): number =>
  Math.min(FIRST_MS * GROWTH ** looks * Math.max(1, files / CROWD), LONGEST_MS);

/** From here on a look comes every three seconds: a quarter of the calls that a person has each minute. */
const STEADY_LOOKS = 4;

/** The first file is looked for soon; where they come one after the other for an hour, every look finds some. */
export const looksAfterChange = (before: { at: string; count: number }, waitedFor: string): number =>
  before.at === '' || waitedFor === '' ? 0 : Math.min(before.count, STEADY_LOOKS);
