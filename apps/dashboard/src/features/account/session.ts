import type { Session, User } from '@slipway/sdk';

export interface SignedIn {
  user: User;
  token: string;
  /** Milliseconds, by this device's clock. */
  expiresAt: number;
}

export interface SessionState {
  current: SignedIn | null;
  /** The last session ended by itself; whoever was there is asked to sign in again. */
  ended: boolean;
}

export type SessionStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const KEY = 'slipway.session';
const NOBODY: SessionState = { current: null, ended: false };

/** Who is signed in, kept over reloads and shared by the tabs of this browser. */
export class SessionStore {
  private state: SessionState;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly storage: SessionStorage,
    private readonly now: () => number = Date.now,
  ) {
    this.state = this.read();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): SessionState => this.state;

  readonly begin = ({ user, access_token: token, expires_in: seconds }: Session): void => {
    const current = { user, token, expiresAt: this.now() + seconds * 1000 };
    this.storage.setItem(KEY, JSON.stringify(current));
    this.set({ current, ended: false });
  };

  readonly end = (): void => this.clear(false);

  /** The API refuses the token, or its time is over. */
  readonly expire = (): void => {
    if (this.state.current) this.clear(true);
  };

  /** Another tab has signed in or out. */
  readonly reload = (): void => this.set(this.read());

  token(): string | null {
    const { current } = this.state;
    if (current && current.expiresAt <= this.now()) this.expire();
    return this.state.current?.token ?? null;
  }

  private read(): SessionState {
    const current = parse(this.storage.getItem(KEY));
    if (!current) return NOBODY;
    return current.expiresAt > this.now() ? { current, ended: false } : { current: null, ended: true };
  }

  private clear(ended: boolean): void {
    this.storage.removeItem(KEY);
    this.set({ current: null, ended });
  }

  private set(state: SessionState): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

/** What an older version kept, or a hand has changed, counts as nothing. */
function parse(kept: string | null): SignedIn | null {
  try {
    const value = JSON.parse(kept ?? 'null') as Partial<SignedIn> | null;
    const whole =
      value && typeof value.token === 'string' && typeof value.expiresAt === 'number' && value.user;
    return whole ? (value as SignedIn) : null;
  } catch {
    return null;
  }
}
