import { environmentOf, startApiProcess, type ApiProcess } from './api-process';
import { type CoreWorld, createCoreWorld } from './core-world';
import { HoldingDatabaseProxy } from './holding-database-proxy';
import { HoldingProxy } from './holding-proxy';
import { startProcess, type TestProcess } from './processes';
import { startStorageProcess, type StorageProcess } from './storage-process';
import { createTestDatabase, type TestDatabase } from './test-database';

export type Victim = 'API' | 'worker' | 'storage';

/** How many processes of a kind there are: each holds so many connections, or does so many jobs, at a time. */
export interface Crew {
  apis: number;
  workers: number;
}

interface Parts {
  crew: Crew;
  database: TestDatabase;
  storage: StorageProcess;
  /** Between the storage and everybody else, browsers too. */
  storageProxy: HoldingProxy;
  /** Between the database and API and worker. */
  databaseProxy: HoldingDatabaseProxy;
  /** What the test itself looks through, past the proxies. */
  world: CoreWorld;
}

const EXPIRE = `
  update uploads set expires_at = $2 where status = 'pending' and project_id = coalesce($1, project_id)`;

const RESCHEDULE = `
  select graphile_worker.reschedule_jobs(array_agg(jobs.id), run_at := $2)
    from graphile_worker.jobs join uploads on jobs.key = 'expire-upload:' || uploads.id
   where run_at > $2 and attempts = 0 and project_id = coalesce($1, project_id)`;

/** API, worker and storage as processes of their own, each of which can be killed and started again in its place. */
export class FaultStage {
  private readonly apis: (ApiProcess & { port: number })[] = [];
  private readonly workers: TestProcess[] = [];

  private constructor(private readonly parts: Parts) {}

  static async start(crew: Crew): Promise<FaultStage> {
    const [storage, database] = await Promise.all([startStorageProcess(), createTestDatabase()]);
    const { hostname: host, port } = new URL(storage.endpoint);
    const storageProxy = await HoldingProxy.start({ host, port: Number(port) });
    const databaseProxy = await HoldingDatabaseProxy.start(database.url);
    const world = await createCoreWorld(storage, { ...database, drop: async () => undefined });
    const stage = new FaultStage({ crew, database, storage, storageProxy, databaseProxy, world });
    await Promise.all([stage.startApis(), stage.startWorkers()]);
    return stage;
  }

  get deps(): CoreWorld['deps'] {
    return this.parts.world.deps;
  }

  get storageProxy(): HoldingProxy {
    return this.parts.storageProxy;
  }

  get databaseProxy(): HoldingDatabaseProxy {
    return this.parts.databaseProxy;
  }

  /** Of the API that serves the `index`th person. */
  apiUrl(index: number): string {
    const api = this.apis[index % this.apis.length];
    if (!api) throw new Error('No API runs');
    return api.url;
  }

  query<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.deps.db.query<Row[]>(sql, values);
  }

  /**
   * The hours are over for which uploads were open, of one project or of all; whoever looks after them looks now. Moved
   * in the database, since lives of seconds would end at any moment on a slow machine.
   */
  async letTimePass(projectId: string | null = null): Promise<void> {
    const past = new Date(Date.now() - 1_000);
    await this.query(EXPIRE, [projectId, past]);
    await this.query(RESCHEDULE, [projectId, past]);
  }

  /** All processes of a kind, at once. */
  async kill(victim: Victim): Promise<void> {
    if (victim === 'storage') return this.parts.storage.kill();
    const processes = victim === 'API' ? this.apis.map(({ process }) => process) : this.workers;
    await Promise.all(processes.map((process) => process.kill()));
  }

  restart(victim: Victim): Promise<void> {
    if (victim === 'storage') return this.parts.storage.restart();
    return victim === 'API' ? this.startApis() : this.startWorkers();
  }

  /** What API and worker are told; both speak through the proxies only. */
  get environment(): NodeJS.ProcessEnv {
    const endpoint = `http://127.0.0.1:${this.storageProxy.port}`;
    return {
      ...environmentOf(this.databaseProxy.url, { ...this.parts.storage, endpoint }),
      // So that a file of 8 MiB and a little goes in two parts, and no larger one is needed.
      SINGLE_PUT_LIMIT: '5 MiB',
      UPLOAD_GRACE_MINUTES: '0',
    };
  }

  async stop(): Promise<void> {
    const { world, storageProxy, databaseProxy, storage, database } = this.parts;
    await Promise.all([this.kill('API'), this.kill('worker')]);
    await world.close();
    await Promise.all([storageProxy.close(), databaseProxy.close()]);
    await storage.stop();
    await database.drop();
  }

  /** In the places of those that were killed, if there were any. */
  private async startApis(): Promise<void> {
    const ports = this.apis.splice(0).map(({ port }) => port);
    const starts = Array.from({ length: this.parts.crew.apis }, (_, index) =>
      startApiProcess(this.environment, ports[index]),
    );
    this.apis.push(...(await Promise.all(starts)));
  }

  private async startWorkers(): Promise<void> {
    const start = () => startProcess('apps/worker/src/main.js', { env: this.environment });
    this.workers.splice(0, Infinity, ...Array.from({ length: this.parts.crew.workers }, start));
  }
}
