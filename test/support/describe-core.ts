import type { Project } from '@slipway/core/projects/project.entity';
import { readUsage } from '@slipway/core/quotas/read-usage';
import type { Principal } from '@slipway/core/shared/principal';
import { type CoreWorld, createCoreWorld } from './core-world';
import type { RunningStorage, StorageChoice } from './object-stores';
import { storageForTests } from './storage-for-tests';
import { pngFile, type TestFile } from './test-files';

/** What every test of the core finds: a fresh account with a project, and a picture to upload. */
export interface CoreStage {
  storage: RunningStorage;
  world: CoreWorld;
  user: Principal;
  project: Project;
  file: TestFile;
  /** Of the user: bytes, except `files`. */
  usage(): Promise<{ used: number; reserved: number; files: number }>;
}

/** Runs `tests` on each storage; the stage is filled before each test. */
export function describeCore(
  title: string,
  tests: (stage: CoreStage) => void,
  storages: StorageChoice[] = storageForTests(),
): void {
  describe.each(storages)(`${title} on $name`, (choice) => {
    const stage = {} as CoreStage;
    let stopStorage: (() => Promise<void>) | undefined;

    beforeAll(async () => {
      const storage = await choice.start();
      stopStorage = () => storage.stop();
      stage.storage = storage;
      stage.world = await createCoreWorld(storage);
      stage.file = await pngFile();
      stage.usage = () => usageOf(stage);
    });

    afterAll(async () => {
      await stage.world?.close();
      await stopStorage?.();
    });

    beforeEach(async () => {
      stage.world.deps.clock.reset();
      stage.user = await stage.world.newUser();
      stage.project = await stage.world.newProject(stage.user);
    });

    tests(stage);
  });
}

async function usageOf({ world, project }: CoreStage): ReturnType<CoreStage['usage']> {
  const { account } = await readUsage(world.deps.db.manager, project.id);
  const { storage, files } = account;
  return { used: storage.used, reserved: storage.reserved, files: files.used };
}
