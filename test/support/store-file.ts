import type { Asset } from '@slipway/core/assets/asset.entity';
import type { Principal } from '@slipway/core/shared/principal';
import type { CoreWorld } from './core-world';
import type { TestFile } from './test-files';
import { begin, complete, send } from './upload-steps';

/** The whole way of a file into a project. */
export async function storeFile(
  world: CoreWorld,
  principal: Principal,
  { projectId, file }: { projectId: string; file: TestFile },
): Promise<Asset> {
  const begun = await begin(world, principal, { projectId, file });
  const status = await send(begun, file.body);
  if (status !== 200) throw new Error(`The storage answered ${status} to the PUT`);
  return (await complete(world, principal, begun.upload)).asset;
}
