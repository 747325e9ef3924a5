import type { DataSource } from 'typeorm';
import { AuditEvent } from './audit-event.entity';
import type { EventProof, Inclusion, ProvenEvent } from './event-proof';
import { entryOf, type EventRecord, RECORD_COLUMNS } from './event-record';
import { inclusionPath, leafHash } from './merkle-tree';
import { headOf, leavesOf, SEAL_COLUMNS, type SealRow } from './seal';

interface Recorded extends EventRecord {
  personal: string | null;
  salt: Buffer | null;
  seal: string | null;
  seal_position: number | null;
}

const RECORDED = `
  select ${RECORD_COLUMNS}, event.personal::text as personal, event.salt, event.seal::text as seal, event.seal_position
    from audit_events as event where event.id = $1`;

const SEAL = `select ${SEAL_COLUMNS} from audit_seals where number = $1`;

/** The event with its proof; null where there is no such event. Checks nothing: that is for whoever gets it. */
export async function proveEvent(db: DataSource, id: string): Promise<ProvenEvent | null> {
  const event = await db.manager.findOneBy(AuditEvent, { id });
  const [record] = await db.query<Recorded[]>(RECORDED, [id]);
  if (!event || !record) return null;
  const entry = entryOf(record);
  const proof: EventProof = {
    entry,
    leaf: leafHash(entry).toString('hex'),
    personal: personalOf(record),
    inclusion: await inclusionOf(db, record),
  };
  return { event, proof };
}

const personalOf = ({ personal, salt }: Recorded): EventProof['personal'] =>
  personal === null || salt === null ? null : { text: personal, salt: salt.toString('hex') };

async function inclusionOf(
  db: DataSource,
  { seal, seal_position: index }: Recorded,
): Promise<Inclusion | null> {
  if (seal === null || index === null) return null;
  const [row] = await db.query<SealRow[]>(SEAL, [seal]);
  return row ? inclusionIn(row, index) : null;
}

function inclusionIn(row: SealRow, index: number): Inclusion {
  const { number, previous, count, idsDigest } = headOf(row);
  return {
    index,
    path: inclusionPath(leavesOf(row), index).map((hash) => hash.toString('hex')),
    root: row.root.toString('hex'),
    seal: {
      number,
      previous: previous.toString('hex'),
      count,
      ids_digest: idsDigest.toString('hex'),
      sealed_at: new Date(Number(row.sealed_at)).toISOString(),
      hash: row.hash.toString('hex'),
    },
  };
}
