import { Readable } from 'node:stream';
import type { ObjectStore } from '@slipway/platform/object-store/object-store';
import type { DataSource } from 'typeorm';

/** The process is dead: nothing it still wants is done. */
export class Crash extends Error {
  constructor() {
    super('the process died here');
    this.name = 'Crash';
  }
}

/**
 * Kills a use case at a chosen point: each call of the storage or the database has one before it, where it is not
 * made, and one after it, where it is made and its answer lost.
 */
class Fuse {
  constructor(private pointsLeft: number) {}

  async pass<Result>(call: () => Promise<Result>): Promise<Result> {
    this.burn();
    const result = await call();
    // What a dead process had open is closed with it.
    if (this.pointsLeft === 1 && result instanceof Readable) result.on('error', () => undefined).destroy();
    this.burn();
    return result;
  }

  private burn(): void {
    if (this.pointsLeft <= 0) throw new Crash();
    this.pointsLeft -= 1;
    if (this.pointsLeft === 0) throw new Crash();
  }
}

/** The methods of `target`, each behind the fuse. */
function fused<Target extends object>(target: Target, fuse: Fuse): Target {
  return new Proxy(target, {
    get(of, name) {
      const member: unknown = Reflect.get(of, name);
      if (typeof member !== 'function') return member;
      return (...parameters: unknown[]) =>
        fuse.pass(async () => (await Reflect.apply(member, of, parameters)) as unknown);
    },
  });
}

/** A transaction is one call: what is inside it happens as a whole, or not. */
function fusedDatabase(db: DataSource, fuse: Fuse): DataSource {
  const manager = fused(db.manager, fuse);
  return new Proxy(fused(db, fuse), {
    get: (of, name) => (name === 'manager' ? manager : (Reflect.get(of, name) as unknown)),
  });
}

/** The same outside world for a process that dies at point `at`, from 1. */
export function mortal<World extends { db: DataSource; objects: ObjectStore }>(
  deps: World,
  at: number,
): World {
  const fuse = new Fuse(at);
  return { ...deps, db: fusedDatabase(deps.db, fuse), objects: fused(deps.objects, fuse) };
}
