import type { StorageChoice } from '../support/object-stores';
import { capabilities, type Capability, type CapabilityName } from './capabilities';
import { openContext, type ContractContext, type UseContext } from './contract-context';
import { describeCors } from './needs/cors';
import { describeMultipart } from './needs/multipart';
import { describeObjects } from './needs/objects';
import { describeParts } from './needs/parts';
import { describeSignedDownloads } from './needs/signed-downloads';
import { describeSignedUploads } from './needs/signed-uploads';
import { profileOf } from './profiles';

/**
 * What the product asks of a storage. A *need* must hold everywhere: the product would not be safe without. A
 * *capability* is measured and compared with the committed table of the storage.
 */
export function describeObjectStore(choice: StorageChoice): void {
  describe(`the object store contract on ${choice.name}`, () => {
    if (choice.missing === null) describeOn(choice);
    else describeMissing(choice.missing);
  });
}

function describeOn(choice: StorageChoice): void {
  let context: ContractContext | undefined;
  const use: UseContext = () => {
    if (!context) throw new Error('The storage is not running');
    return context;
  };

  beforeAll(async () => {
    context = await openContext(choice);
  });
  afterAll(async () => {
    await context?.close();
  });

  describeObjects(use);
  describeSignedUploads(use);
  describeSignedDownloads(use);
  describeCors(use);
  describeMultipart(use);
  describeParts(use);
  describeCapabilities(choice.name, use);
}

/** On a developer's machine a line that nobody overlooks; in CI, where all storages are expected, a failure. */
function describeMissing(missing: string): void {
  if (process.env['CI']) {
    it('runs in CI', () => {
      throw new Error(missing);
    });
    return;
  }
  process.stderr.write(`\n*** NOT RUN: one storage of the object store contract. ${missing}\n`);
  it.todo(missing);
}

function describeCapabilities(storage: string, use: UseContext): void {
  const expected = profileOf(storage);
  const found: Record<string, boolean> = {};

  describe('capabilities', () => {
    afterAll(() => {
      if (expected) return;
      process.stderr.write(
        `No profile of ${storage} is committed. Found: ${JSON.stringify(found, null, 2)}\n`,
      );
    });

    for (const [name, { what, without, probe }] of Object.entries<Capability>(capabilities)) {
      it(`${name}: ${what}; without it ${without}`, async () => {
        found[name] = await probe(use());
        if (expected) expect(found).toMatchObject({ [name]: expected[name as CapabilityName] });
      });
    }
  });
}
