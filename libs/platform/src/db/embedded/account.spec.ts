import { pickAccount } from './account';

const line = (name: string, uid: number) => `${name}:x:${uid}:${uid + 1}::/:/usr/sbin/nologin`;

describe('The account of the server under root', () => {
  it('is postgres where there is one', () => {
    const passwd = [line('root', 0), line('nobody', 65_534), line('postgres', 101)].join('\n');
    expect(pickAccount(passwd)).toEqual({ uid: 101, gid: 102 });
  });

  it('is nobody on a machine without', () => {
    expect(pickAccount([line('root', 0), line('nobody', 65_534), ''].join('\n'))).toEqual({
      uid: 65_534,
      gid: 65_535,
    });
  });

  it('is never root by another name', () => {
    expect(pickAccount([line('postgres', 0), 'nobody:*:-2:-2:::'].join('\n'))).toBeNull();
  });
});
