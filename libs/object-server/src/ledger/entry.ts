/** One key and its JSON value; `null` says that the key was deleted. Values are shared, so nobody may change one. */
export interface Entry {
  readonly key: string;
  readonly value: unknown;
}

/** A set of changes becomes visible, and survives a crash, as a whole. */
export type Change = Entry;

export const put = (key: string, value: object): Change => ({ key, value });

export const remove = (key: string): Change => ({ key, value: null });

/** A walk in key order over one source. It may not be kept across an `await`: a merge may close the file under it. */
export interface Cursor {
  peek(): Entry | undefined;
  advance(): void;
}
