import { createClient, type Client, type ClientOptions } from '../client/create-client.js';
import type { Diagnostic } from '../client/diagnostic.js';
import type { FakeBackend } from './fake-backend.js';

/** A client that waits milliseconds where a real one waits seconds. */
export function clientFor(
  backend: FakeBackend,
  options: Partial<ClientOptions> = {},
): Client & { diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const client = createClient({
    baseUrl: backend.baseUrl,
    retry: { attempts: 6, baseMs: 1, maxMs: 4 },
    stallTimeoutMs: 800,
    responseTimeoutMs: 800,
    onDiagnostic: (event) => diagnostics.push(event),
    ...options,
  });
  return Object.assign(client, { diagnostics });
}
