import { reconcile, type ReconcileInput } from '@slipway/core/reconcile/reconcile';
import type { Finding } from '@slipway/core/reconcile/finding';
import type { ReconcileRun } from '@slipway/core/reconcile/reconcile-run.entity';
import type { Deps } from '@slipway/core/shared/deps';
import { systemPrincipal } from '@slipway/core/shared/principal';
import type { ObjectStore } from '@slipway/platform/object-store/object-store';

const HOUR_MS = 3_600_000;

/** The same world as a process sees it whose clock is ahead: everything there looks that much older. */
export function later<World extends Pick<Deps, 'clock'>>(deps: World, hours: number): World {
  return { ...deps, clock: { now: () => new Date(Date.now() + hours * HOUR_MS) } };
}

/** Kind and facts of a finding. */
export type Found = [kind: Finding['kind'], facts: Finding['facts']];

export interface Swept {
  run: ReconcileRun;
  found: Found[];
}

/** Repairs go on side by side, so that the order in which they end means nothing. */
export const inOrder = (found: Found[]): Found[] =>
  found.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));

/** One run, and all it found. */
export async function sweep(deps: Deps, input: Omit<ReconcileInput, 'onFinding'>): Promise<Swept> {
  const found: Found[] = [];
  const onFinding = ({ kind, facts }: Finding) => void found.push([kind, facts]);
  const run = await reconcile(systemPrincipal(), { ...input, onFinding }, deps);
  if (!run) throw new Error('Another run is under way');
  return { run, found: inOrder(found) };
}

/** The same storage, some of whose methods are another's. */
export const storageWith = (objects: ObjectStore, methods: Partial<ObjectStore>): ObjectStore =>
  new Proxy(objects, {
    get: (target, name) => {
      const member: unknown = Reflect.get(methods, name) ?? Reflect.get(target, name);
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
