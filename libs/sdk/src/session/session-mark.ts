/** What of a session may outlive the page: no secret, only whether the cookie is worth asking, or is to be given back. */
export type Mark = 'in' | 'leaving' | null;

export type MarkStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KEY = 'slipway.session';

export class SessionMark {
  readonly #storage: MarkStorage;

  constructor(storage: MarkStorage | null = storageOfPage()) {
    this.#storage = storage ?? memoryOfPage();
  }

  read(): Mark {
    const kept = this.#storage.getItem(KEY);
    return kept === 'in' || kept === 'leaving' ? kept : null;
  }

  write(mark: Mark): void {
    if (mark) this.#storage.setItem(KEY, mark);
    else this.#storage.removeItem(KEY);
  }
}

/** Null where the page may not keep anything: there a reload asks for a new sign-in. */
function storageOfPage(): MarkStorage | null {
  try {
    const storage = globalThis.localStorage;
    storage.setItem(`${KEY}.probe`, '');
    storage.removeItem(`${KEY}.probe`);
    return storage;
  } catch {
    return null;
  }
}

function memoryOfPage(): MarkStorage {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}
