import type { DeclaredRoute } from '../../support/declared-routes';
import type { Answer, HttpWorld } from '../../support/http-world';
import type { Case } from './cases';
import type { Scene } from './scene';

const PARAMETER = /:(\w+)/g;

/** The call of a case, about the things of a scene. */
export async function callCase(
  http: HttpWorld,
  { method, path }: DeclaredRoute,
  { one, scene, headers }: { one: Case; scene: Scene; headers: Record<string, string> },
): Promise<Answer> {
  const params = one.params?.(scene) ?? {};
  const filled = path.replace(PARAMETER, (_, name: string) =>
    encodeURIComponent(params[name] ?? 'of-nobody'),
  );
  const query = one.query ? `?${new URLSearchParams(one.query(scene)).toString()}` : '';
  const body = await one.body?.(scene);
  return http.call(method as 'GET', `${filled}${query}`, {
    headers: { ...headers, ...one.headers?.(scene) },
    ...(body && { body }),
  });
}
