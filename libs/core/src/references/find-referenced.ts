import { runPrepared } from '@slipway/platform/db/prepared';
import { type AccessDecision, decideAccess } from '../access/decide-access';
import {
  callerOf,
  FACT_COLUMNS,
  FACT_JOINS,
  type FactRow,
  type FoundAsset,
  toFoundAsset,
} from '../assets/find-asset';
import { privateRefOf } from '../assets/private-ref';
import type { Deps } from '../shared/deps';
import type { Principal } from '../shared/principal';
import { hashAddress, normaliseAddress } from './old-address';

const FIND = {
  name: 'assets-by-reference',
  text: `
    select named.asked, ${FACT_COLUMNS}
      from (
        select private_ref as asked, id as asset_id from assets where private_ref = any ($1)
        union all
        select encode(address_hash, 'hex'), asset_id from old_addresses where address_hash = any ($4)
      ) as named
      join assets on assets.id = named.asset_id ${FACT_JOINS}
     order by assets.id desc`,
};

/** What the database has a reference under: a private one as it is, an old address by its hash. */
interface Name {
  key: string;
  hash: Buffer | null;
}

/** Null for what is neither. */
function nameOf(reference: string): Name | null {
  const ref = privateRefOf(reference);
  if (ref !== null) return { key: ref, hash: null };
  const address = normaliseAddress(reference);
  if (address === null) return null;
  const hash = hashAddress(address);
  return { key: hash.toString('hex'), hash };
}

/**
 * What each reference stands for: `private://…`, what follows that, or an old address that was imported. One statement,
 * which reads the same for what is unknown and for what is somebody else's. An old address may have been imported into
 * several projects: then it stands for the one that is the most the caller's own.
 */
export async function findReferenced(
  principal: Principal,
  references: readonly string[],
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<Map<string, FoundAsset>> {
  const named = references.flatMap((reference) => {
    const name = nameOf(reference);
    return name ? [{ reference, ...name }] : [];
  });
  const byName = await readNamed(principal, named, deps);
  return new Map(
    named.flatMap(({ reference, key }) => {
      const found = byName.get(key);
      return found ? [[reference, found] as const] : [];
    }),
  );
}

async function readNamed(
  principal: Principal,
  names: readonly Name[],
  deps: Pick<Deps, 'db' | 'clock'>,
): Promise<Map<string, FoundAsset>> {
  const refs = names.flatMap(({ key, hash }) => (hash ? [] : [key]));
  const hashes = names.flatMap(({ hash }) => (hash ? [hash] : []));
  const values = [refs, ...callerOf(principal), hashes];
  const rows = await runPrepared<FactRow & { asked: string }>(deps.db, FIND, values);
  const now = deps.clock.now();
  const rankOf = ({ facts }: FoundAsset): number => rank(decideAccess(principal, facts, now));
  const best = new Map<string, FoundAsset>();
  for (const row of rows) {
    const found = toFoundAsset(row, deps);
    const other = best.get(row.asked);
    if (!other || rankOf(found) > rankOf(other)) best.set(row.asked, found);
  }
  return best;
}

const RANKS = { system: 4, member: 4, share: 3, public: 2 } as const;

/** What is the caller's own comes before what everybody may see, and that before what is withheld or another's. */
function rank(decision: AccessDecision): number {
  if (decision.allowed) return RANKS[decision.by];
  return decision.because === 'hidden' ? 0 : 1;
}
