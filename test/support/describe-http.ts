import { type CoreStage, describeCore } from './describe-core';
import { createHttpWorld, type HttpWorld } from './http-world';
import type { StorageChoice } from './object-stores';

export interface HttpStage extends CoreStage {
  http: HttpWorld;
  /** Of a fresh account, which owns `projectId`. */
  token: string;
  projectId: string;
}

/** Runs `tests` against the API over the core's stage. */
export function describeHttp(
  title: string,
  tests: (stage: HttpStage) => void,
  storages?: StorageChoice[],
): void {
  const onCore = (core: CoreStage): void => {
    const stage = core as HttpStage;

    beforeAll(async () => {
      stage.http = await createHttpWorld(stage.world);
    });

    afterAll(async () => {
      await stage.http?.close();
    });

    beforeEach(async () => {
      stage.token = await stage.http.signUp();
      const project = await stage.http.call('POST', '/api/projects', {
        token: stage.token,
        body: { name: 'Harbour' },
      });
      stage.projectId = String(project.body['id']);
    });

    tests(stage);
  };
  describeCore(title, onCore, storages);
}
