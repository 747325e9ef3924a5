import { type AcceptanceStage, startProduct } from './acceptance-stage';
import { cephRgw, type RunningStorage } from './object-stores';

/** What every acceptance test finds: the built product, running on the storage of the test's title. */
export interface ProductStage extends AcceptanceStage {
  /** As in the table of what is expected of it (`test/contract/profiles.ts`). */
  storageName: string;
  /** Null where the product started its own. */
  storage: RunningStorage | null;
}

interface ProductStorage {
  name: string;
  /** Null: the product starts its own. */
  start(): Promise<RunningStorage | null>;
}

function productStorages(): ProductStorage[] {
  const ceph = cephRgw();
  return [{ name: 'embedded', start: async () => null }, ...(ceph.missing === null ? [ceph] : [])];
}

/** Runs `tests` against the built product, with its embedded storage and with Ceph's gateway; one product for all of them. */
export function describeProduct(
  title: string,
  tests: (stage: ProductStage) => void,
  env: NodeJS.ProcessEnv = {},
): void {
  describe.each(productStorages())(`${title} on $name`, (choice) => {
    const stage = { storageName: choice.name } as ProductStage;
    const cleanups: (() => Promise<void>)[] = [];

    beforeAll(async () => {
      const storage = await choice.start();
      if (storage) cleanups.push(() => storage.stop());
      const product = await startProduct(env, storage);
      cleanups.push(() => product.stop());
      Object.assign(stage, product, { storage });
    });

    afterAll(async () => {
      for (const cleanUp of cleanups.reverse()) await cleanUp();
    });

    tests(stage);
  });
}
