import { objectKey } from '@slipway/platform/object-store/object-key';
import type { ListedObject, ObjectStore } from '@slipway/platform/object-store/object-store';

/** A project as `seedAssets` fills it. */
export interface SeededProject {
  projectId: string;
  /** Divisible by `DIFFERENCES`. */
  count: number;
}

/** How many of each kind there are in a project. */
export const DIFFERENCES = 5;

const PAGE = 1_000;
const OLD = new Date(0);

const assetId = (projectId: string, n: number): string =>
  `AST-${projectId.slice(-10)}${String(n).padStart(16, '0')}`;

const numberOf = (key: string): number => Number(/AST-.{10}(\d{16})\//.exec(key)?.[1]);

const listed = (key: string, size: number): ListedObject => ({ key, size, etag: 'etag', lastModified: OLD });

/** The objects of one asset: its original, except for a few that are lost, cut short, or have another beside them. */
function objectsOf({ projectId, count }: SeededProject, n: number): ListedObject[] {
  const key = objectKey.original(projectId, assetId(projectId, n), 'photo.jpg');
  const which = n % (count / DIFFERENCES);
  if (which === 0) return [];
  if (which === 1) return [listed(key, 0)];
  return which === 2 ? [listed(key, 1), listed(`${key}.stray`, 1)] : [listed(key, 1)];
}

/**
 * A bucket that nobody filled: each page of its listing is made when it is asked for, in the order of keys. It lacks
 * what only a repair would need.
 */
export function listedBucket(projects: readonly SeededProject[], onPage: () => void): ObjectStore {
  const sorted = projects.toSorted((one, other) => (one.projectId < other.projectId ? -1 : 1));
  const list: ObjectStore['list'] = async (prefix, { after } = {}) => {
    if (prefix !== objectKey.projectsPrefix) return { objects: [], next: null };
    onPage();
    const from = after === undefined ? 0 : sorted.findIndex(({ projectId }) => after.includes(projectId));
    let n = after === undefined ? 0 : numberOf(after);
    const objects: ListedObject[] = [];
    for (const project of sorted.slice(from)) {
      while (n < project.count && objects.length < PAGE) objects.push(...objectsOf(project, (n += 1)));
      if (objects.length >= PAGE) return { objects, next: objects.at(-1)?.key ?? null };
      n = 0;
    }
    return { objects, next: null };
  };
  const head: ObjectStore['head'] = async (key) => {
    const project = sorted.find(({ projectId }) => key.includes(projectId));
    const found = project && objectsOf(project, numberOf(key)).find((object) => object.key === key);
    return found ? { ...found, contentType: 'image/jpeg', checksumSha256: null } : null;
  };
  const listMultiparts: ObjectStore['listMultiparts'] = async () => ({ uploads: [], next: null });
  return { list, head, listMultiparts } as unknown as ObjectStore;
}
