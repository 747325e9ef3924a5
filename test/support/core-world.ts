import { randomUUID } from 'node:crypto';
import { accountOfUser } from '@slipway/core/accounts/account-of-user';
import { BatchingAuditWriter } from '@slipway/core/audit/batching-audit-writer';
import { signUp } from '@slipway/core/accounts/sign-up';
import { entities } from '@slipway/core/entities';
import { createProject } from '@slipway/core/projects/create-project';
import type { Project } from '@slipway/core/projects/project.entity';
import type { Deps } from '@slipway/core/shared/deps';
import { ProjectMember } from '@slipway/core/projects/project-member.entity';
import { accountOf, type Principal, userPrincipal } from '@slipway/core/shared/principal';
import type { ProjectRole } from '@slipway/core/shared/project-role';
import { openDatabase } from '@slipway/platform/db/database';
import { previewSender } from '@slipway/platform/mail/preview-sender';
import { createS3Client } from '@slipway/platform/object-store/s3-client';
import { S3ObjectStore } from '@slipway/platform/object-store/s3-object-store';
import { UrlSigner } from '@slipway/platform/object-store/url-signer';
import { pino } from 'pino';
import type { RunningStorage } from './object-stores';
import { createTestDatabase, type TestDatabase } from './test-database';

/** A clock that stands still until a test moves it. */
export class TestClock {
  private current = new Date();

  /** Back to the real time: storages refuse what was signed at another. */
  reset(): void {
    this.current = new Date();
  }

  now(): Date {
    return new Date(this.current);
  }

  advance(milliseconds: number): void {
    this.current = new Date(this.current.getTime() + milliseconds);
  }
}

export interface CoreWorld {
  deps: Deps & { clock: TestClock };
  /** Of the database, as the owner of its tables. */
  ownerUrl: string;
  /** A new account and its caller. */
  newUser(): Promise<Principal>;
  newProject(owner: Principal): Promise<Project>;
  /** Makes somebody a member. */
  addMember(project: Project, member: Principal, role: ProjectRole): Promise<void>;
  /** Payloads of the jobs that wait, by name. */
  waitingJobs(name: string): Promise<unknown[]>;
  close(): Promise<void>;
}

/** Of everybody whom `newUser` makes. */
export const PASSWORD_OF_TESTS = 'correct horse';

const MINUTE_MS = 60_000;

/** The core on a database of its own (or the one given) and a real storage, without API and worker. */
export async function createCoreWorld(
  storage: Omit<RunningStorage, 'stop'>,
  database?: TestDatabase,
): Promise<CoreWorld> {
  const own = database ?? (await createTestDatabase());
  const db = await openDatabase({ url: own.url, entities, applicationName: 'test' });
  const client = createS3Client(storage);
  const signer = new UrlSigner({ ...storage, credentials: async () => storage.credentials });
  const uploadCredentials = storage.uploadCredentials ?? storage.credentials;
  const uploadSigner = new UrlSigner({ ...storage, credentials: async () => uploadCredentials });
  const deps = {
    db,
    objects: new S3ObjectStore(client, storage.bucket),
    audit: new BatchingAuditWriter(db),
    mail: previewSender(db, pino({ level: 'silent' })),
    signer,
    uploadSigner,
    storageProfile: async () => ({ partChecksum: storage.partChecksum }),
    clock: new TestClock(),
    settings: {
      publicUrl: 'http://localhost:3000',
      uploadLifeMs: 15 * MINUTE_MS,
      uploadGraceMs: 15 * MINUTE_MS,
      multipartIdleMs: 24 * 60 * MINUTE_MS,
      singlePutLimit: 16 * 1024 * 1024,
      accessUrlLife: 3600,
      requireVerifiedEmail: false,
      accounts: {
        sessionMs: 30 * 24 * 60 * MINUTE_MS,
        // The least there is: tests make many accounts.
        passwords: { memoryKib: 1_024, passes: 1 },
      },
      thumbnail: { width: 400, height: 300 },
      audit: { anchorLockDays: null, windowMs: 10 * MINUTE_MS, manyDenials: 50, massAccess: 500 },
      imports: { hosts: [], allowHttp: false, maxBytes: 1024 ** 3, totalMs: MINUTE_MS, idleMs: 5_000 },
    },
  };
  return {
    deps,
    ownerUrl: own.ownerUrl,
    newUser: () => newUser(deps),
    newProject: async (owner) => (await createProject(owner, { name: 'Test' }, deps)).project,
    async addMember({ id: projectId }, member, role) {
      const joinedAt = deps.clock.now();
      await db.manager.insert(ProjectMember, { projectId, userId: accountOf(member), role, joinedAt });
    },
    waitingJobs: (name) => waitingJobs(deps, name),
    async close() {
      await deps.audit.drain();
      client.destroy();
      await db.destroy();
      await own.drop();
    },
  };
}

async function newUser(deps: Deps): Promise<Principal> {
  const origin = { ip: '127.0.0.1', userAgent: 'test', requestId: randomUUID() };
  const email = `${randomUUID()}@example.com`;
  const user = await signUp(origin, { email, password: PASSWORD_OF_TESTS, name: 'Test' }, deps);
  return userPrincipal(accountOfUser(user, deps), origin);
}

async function waitingJobs(deps: Deps, name: string): Promise<unknown[]> {
  const rows = await deps.db.query<{ payload: unknown }[]>(
    `select payload from graphile_worker._private_jobs as jobs
       join graphile_worker._private_tasks as tasks on tasks.id = jobs.task_id
      where tasks.identifier = $1 order by jobs.id`,
    [name],
  );
  return rows.map((row) => row.payload);
}
