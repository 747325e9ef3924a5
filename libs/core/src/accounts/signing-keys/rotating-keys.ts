import type { Deps } from '../../shared/deps';
import type { KeySeal } from './key-seal';
import { rotateSigningKeys } from './rotate-signing-keys';
import type { PublicJwk, SigningKey, SigningKeys } from './signing-keys';
import { readKeys, type StoredKey } from './stored-key';

/** How old the list may be: far less than what a key is published ahead. Milliseconds. */
const READ_EVERY_MS = 60_000;

/** How soon the list is read again for a name it does not have: anybody can invent names. Milliseconds. */
const ASK_AGAIN_MS = 5_000;

/** The keys of the table, which the worker rotates; each API process takes in the new ones while it runs. */
export class RotatingKeys implements SigningKeys {
  private keys: readonly StoredKey[] = [];
  private readAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | null = null;

  constructor(
    private readonly seal: KeySeal,
    private readonly deps: Pick<Deps, 'db' | 'clock'>,
  ) {}

  async current(): Promise<SigningKey> {
    await this.readIfOlder(READ_EVERY_MS);
    return this.signing() ?? this.makeFirst();
  }

  async find(id: string): Promise<SigningKey | null> {
    await this.readIfOlder(READ_EVERY_MS);
    if (!this.good().some((key) => key.id === id)) await this.readIfOlder(ASK_AGAIN_MS);
    return this.good().find((key) => key.id === id) ?? null;
  }

  async published(): Promise<PublicJwk[]> {
    await this.readIfOlder(READ_EVERY_MS);
    return this.good().map(({ published }) => published);
  }

  private good(): StoredKey[] {
    const now = this.deps.clock.now();
    return this.keys.filter(({ retiresAt }) => retiresAt === null || retiresAt > now);
  }

  private signing(): StoredKey | undefined {
    const now = this.deps.clock.now();
    return this.good().findLast(({ signsFrom }) => signsFrom <= now);
  }

  /** Before a worker has run, or where nothing opens the keys that are there. */
  private async makeFirst(): Promise<SigningKey> {
    await rotateSigningKeys(this.seal, this.deps);
    await this.read();
    const key = this.signing();
    if (!key) throw new Error('There is no key to sign access tokens with.');
    return key;
  }

  private async readIfOlder(age: number): Promise<void> {
    if (performance.now() - this.readAt < age) return;
    this.reading ??= this.read().finally(() => {
      this.reading = null;
    });
    await this.reading;
  }

  private async read(): Promise<void> {
    this.keys = await readKeys(this.deps.db.manager, this.seal, this.deps.clock.now());
    this.readAt = performance.now();
  }
}
