import { type AcceptanceStage, startProduct } from './acceptance-stage';
import { cephRgw, type RunningStorage } from './object-stores';

/** What every acceptance test finds: the built product, running on the storage of the test's title. */
export interface ProductStage extends AcceptanceStage {
  /** As in the table of what is expected of it (`test/contract/profiles.ts`). */
  storageName: string;
  /** Null where the product started its own. */
  storage: RunningStorage | null;
}

export interface ProductStorage {
  name: string;
  /** What sets it apart from others of its name, as in `on ceph with one key`. */
  variant: string;
  /** Null: the product starts its own. */
  start(): Promise<RunningStorage | null>;
}

const embedded: ProductStorage = { name: 'embedded', variant: '', start: async () => null };

const onCeph = (): ProductStorage[] => {
  const ceph = cephRgw();
  return ceph.missing === null ? [{ name: ceph.name, variant: '', start: () => ceph.start() }] : [];
};

/** The storages that all that people do must work on. */
export const productStorages = (): ProductStorage[] => [embedded, ...onCeph()];

/** Where nobody has made a second key, the one of the server signs the URLs of uploads too. */
export const cephWithOneKey = (): ProductStorage[] =>
  onCeph().map((ceph) => ({
    ...ceph,
    variant: ' with one key',
    start: async () => {
      const storage = await ceph.start();
      delete storage?.uploadCredentials;
      return storage;
    },
  }));

type DescribeProduct = (title: string, tests: (stage: ProductStage) => void, env?: NodeJS.ProcessEnv) => void;

/** Runs `tests` against the built product on each storage; one product for all of them. */
export const describeProductOn =
  (storages: ProductStorage[]): DescribeProduct =>
  (title, tests, env = {}) => {
    describe.each(storages)(`${title} on $name$variant`, (choice) => {
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
  };

export const describeProduct = describeProductOn(productStorages());
