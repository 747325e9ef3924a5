import type { DataSource } from 'typeorm';
import { type EventRecord, RECORD_COLUMNS } from './event-record';
import { SEAL_COLUMNS, type SealRow } from './seal';

/** An event as the chain's check reads it. */
export interface SealedEvent extends EventRecord {
  seal: string;
  seal_position: number;
  /** JSON as it was written; null: erased. */
  personal: string | null;
  salt: Buffer | null;
  /** Whether there is the event that its erasure must name. */
  erasure_known: boolean;
}

const SEALS = `
  select ${SEAL_COLUMNS} from audit_seals
   where audit_seals.number > $1 and audit_seals.number <= $2 order by audit_seals.number limit 20`;

const EVENTS = `
  select ${RECORD_COLUMNS}, event.seal::text as seal, event.seal_position, event.personal::text as personal, event.salt,
         exists (select from audit_events eraser
                  where eraser.id = event.erased_by and eraser.action = 'personal_data_erased') as erasure_known
    from audit_events as event
   where (event.seal, event.seal_position, event.id) > ($1, $2, $3) and event.seal <= $4
   order by event.seal, event.seal_position, event.id limit 1000`;

/** All seals up to one, by number; a page at a time, in no transaction. */
export async function* sealsUpTo(db: DataSource, last: number): AsyncGenerator<SealRow> {
  for (let after: string | undefined = '-1'; after !== undefined;) {
    const page: SealRow[] = await db.query(SEALS, [after, last]);
    yield* page;
    after = page.at(-1)?.number;
  }
}

/** All events that say they are under these seals, by seal and place. */
export async function* eventsUpTo(db: DataSource, last: number): AsyncGenerator<SealedEvent> {
  let after: unknown[] | undefined = [Number.MIN_SAFE_INTEGER, 0, ''];
  while (after) {
    const page: SealedEvent[] = await db.query(EVENTS, [...after, last]);
    yield* page;
    const end = page.at(-1);
    after = end && [end.seal, end.seal_position, end.id];
  }
}

/** An iterator that can be looked into without going on. */
export class Peekable<Item> {
  private ahead: Promise<IteratorResult<Item, unknown>> | null = null;

  constructor(private readonly items: AsyncGenerator<Item>) {}

  /** Null at the end. */
  async peek(): Promise<Item | null> {
    this.ahead ??= this.items.next();
    const { done, value } = await this.ahead;
    return done === true ? null : value;
  }

  async skip(): Promise<void> {
    await this.peek();
    this.ahead = null;
  }
}
