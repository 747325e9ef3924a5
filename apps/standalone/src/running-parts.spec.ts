import { InterruptedError, RunningParts } from './running-parts';

describe('Running parts', () => {
  const closed: string[] = [];
  const part = (name: string, failure?: Error) => async () => ({
    name,
    close: async () => {
      closed.push(name);
      if (failure) throw failure;
    },
  });

  beforeEach(() => closed.splice(0));

  it('close in the opposite order of their start', async () => {
    const parts = new RunningParts();
    for (const name of ['database', 'storage', 'api']) await parts.start(part(name));
    await parts.close();
    expect(closed).toEqual(['api', 'storage', 'database']);
  });

  it('close once, however often they are asked', async () => {
    const parts = new RunningParts();
    await parts.start(part('database'));
    await Promise.all([parts.close(), parts.close()]);
    expect(closed).toEqual(['database']);
  });

  it('all close, even when one fails to', async () => {
    const parts = new RunningParts();
    await parts.start(part('database'));
    await parts.start(part('api', new Error('stuck')));
    await expect(parts.close()).rejects.toThrow('stuck');
    expect(closed).toEqual(['api', 'database']);
  });

  it('do not stay when closing began while they started', async () => {
    const parts = new RunningParts();
    await parts.start(part('database'));
    const late = parts.start(async () => {
      await parts.close();
      return part('api')();
    });
    await expect(late).rejects.toThrow(InterruptedError);
    await expect(parts.start(part('worker'))).rejects.toThrow(InterruptedError);
    expect(closed).toEqual(['database', 'api']);
  });
});
