import type { HttpStage } from './describe-http';
import { sha256, type TestFile } from './test-files';

/** The whole way of a file into the stage's project, by the routes that a client takes; gives the asset as answered. */
export async function storeByHttp(
  { http, token, projectId, file: usual }: HttpStage,
  file: TestFile = usual,
): Promise<Record<string, unknown>> {
  const about = { project_id: projectId, file_size: file.body.length, content_type: file.contentType };
  const announcement = { ...about, file_name: file.name, checksum_sha256: sha256(file.body) };
  const { body: begun } = await http.call('POST', '/api/assets/upload-url', { token, body: announcement });
  const headers = begun['headers'] as Record<string, string>;
  await fetch(String(begun['upload_url']), { method: 'PUT', headers, body: file.body });
  const completion = { ...about, name: file.name, file_key: begun['file_key'] };
  const made = await http.call('POST', '/api/assets', { token, body: completion });
  if (made.status !== 201) throw new Error(`The API answered ${made.status}: ${made.text}`);
  return made.body;
}
