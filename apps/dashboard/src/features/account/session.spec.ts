import type { Session } from '@slipway/sdk';
import { SessionStore } from './session';

const answer: Session = {
  user: { id: 'USR-1', email: 'ada@example.com', name: 'Ada', role: 'user' },
  access_token: 'token-1',
  token_type: 'Bearer',
  expires_in: 60,
};

function memory(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

describe('session store', () => {
  it('gives the token to a later page of the same browser', () => {
    const storage = memory();
    new SessionStore(storage).begin(answer);
    expect(new SessionStore(storage).token()).toBe('token-1');
  });

  it('ends a session whose time is over, and says so', () => {
    let now = 0;
    const store = new SessionStore(memory(), () => now);
    store.begin(answer);
    now = 60_000;
    expect(store.token()).toBeNull();
    expect(store.snapshot()).toEqual({ current: null, ended: true });
  });

  it('says nothing of an ended session to somebody who signed out', () => {
    const store = new SessionStore(memory());
    store.begin(answer);
    store.end();
    store.expire();
    expect(store.snapshot()).toEqual({ current: null, ended: false });
  });

  it('follows another tab that signed out', () => {
    const storage = memory();
    const [one, other] = [new SessionStore(storage), new SessionStore(storage)];
    one.begin(answer);
    other.reload();
    expect(other.token()).toBe('token-1');
    one.end();
    other.reload();
    expect(other.token()).toBeNull();
  });

  it('takes a damaged record for none', () => {
    const storage = memory();
    storage.setItem('slipway.session', '{"token":7');
    expect(new SessionStore(storage).snapshot().current).toBeNull();
  });
});
