import { objectKey } from '@slipway/platform/object-store/object-key';
import type { ObjectStore } from '@slipway/platform/object-store/object-store';
import { failedBy } from '@slipway/platform/object-store/storage-error';
import type { Deps } from '../shared/deps';
import { SEAL_COLUMNS, type SealRow } from './seal';

/** The head of the chain at some time, kept where whoever can change the database cannot. */
export interface Anchor {
  /** Of the newest seal. */
  number: number;
  /** Hex; it vouches for every seal before. */
  hash: string;
  count: number;
  first_event_id: string;
  last_event_id: string;
  sealed_at: string;
}

export interface Anchored {
  key: string;
  anchor: Anchor;
  /** False where no lock was asked for, or the storage has none. */
  locked: boolean;
}

const HEAD = `select ${SEAL_COLUMNS} from audit_seals order by audit_seals.number desc limit 1`;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Writes the head of the chain to the bucket; null when there is none yet, or its anchor is there already. Under object
 * lock for the configured time; a storage that refuses that gets it without. Throws `StorageError`.
 */
export async function anchorAudit(
  deps: Pick<Deps, 'db' | 'objects' | 'clock' | 'settings'>,
): Promise<Anchored | null> {
  const [head] = await deps.db.query<SealRow[]>(HEAD);
  if (!head) return null;
  const anchor = anchorOf(head);
  const key = objectKey.auditAnchor(anchor.number, anchor.hash);
  if (await deps.objects.head(key)) return null;
  return { key, anchor, locked: await put(key, anchor, deps) };
}

function anchorOf({ number, hash, event_ids: ids, sealed_at: sealedAt }: SealRow): Anchor {
  return {
    number: Number(number),
    hash: hash.toString('hex'),
    count: ids.length,
    first_event_id: ids[0] ?? '',
    last_event_id: ids.at(-1) ?? '',
    sealed_at: new Date(Number(sealedAt)).toISOString(),
  };
}

/** Whether it is under lock. */
async function put(
  key: string,
  anchor: Anchor,
  { objects, clock, settings }: Pick<Deps, 'objects' | 'clock' | 'settings'>,
): Promise<boolean> {
  const body = Buffer.from(`${JSON.stringify(anchor, null, 2)}\n`);
  const options = { contentType: 'application/json' };
  const { anchorLockDays: days } = settings.audit;
  if (days !== null) {
    const lockedUntil = new Date(clock.now().getTime() + days * DAY_MS);
    try {
      await objects.put(key, body, { ...options, lockedUntil });
      return true;
    } catch (error) {
      if (!failedBy(error, 'refused')) throw error;
    }
  }
  await objects.put(key, body, options);
  return false;
}

/** What the name of an anchor tells. */
export interface NamedAnchor {
  key: string;
  number: number;
  hash: string;
}

const NAME = /(\d{12,})-([0-9a-f]{64})\.json$/;

/** All anchors by number, a page of the storage's list at a time; whatever else is there is passed over. */
export async function* listAnchors(objects: ObjectStore): AsyncGenerator<NamedAnchor> {
  for (let after: string | null | undefined; after !== null;) {
    const page = await objects.list(objectKey.auditAnchorsPrefix, after === undefined ? {} : { after });
    for (const { key } of page.objects) {
      const [, number, hash] = NAME.exec(key) ?? [];
      if (number !== undefined && hash !== undefined) yield { key, number: Number(number), hash };
    }
    after = page.next;
  }
}

const LONGEST_ANCHOR = 4_096;

/** The first event of the batch that an anchor is about; null where the anchor does not say. */
export async function firstEventOf({ key }: NamedAnchor, objects: ObjectStore): Promise<string | null> {
  const body = await objects.readRange(key, 0, LONGEST_ANCHOR);
  try {
    const { first_event_id: id } = JSON.parse(body.toString()) as Partial<Anchor>;
    return typeof id === 'string' ? id : null;
  } catch {
    return null;
  }
}
