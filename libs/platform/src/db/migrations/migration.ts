/** One forward step of the schema. Never edited once released: correct it with the next one. */
export interface Migration {
  /** `0001-initial`; the number orders them. */
  name: string;
  sql: string;
}
