import { FakeBackend } from './fake-backend.js';

/** A backend of its own for each test of the file. */
export function withBackend(): () => FakeBackend {
  let backend: FakeBackend;
  beforeEach(async () => {
    backend = new FakeBackend();
    await backend.start();
  });
  afterEach(() => backend.stop());
  return () => backend;
}
