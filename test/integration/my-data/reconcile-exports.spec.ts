import { makeExport } from '@slipway/core/my-data/make-export';
import { requestExport } from '@slipway/core/my-data/request-export';
import { systemPrincipal } from '@slipway/core/shared/principal';
import { describeCore } from '../../support/describe-core';
import { later, sweep } from '../../support/reconcile-steps';

const WEEK_HOURS = 7 * 24;

describeCore('reconciling exports', (stage) => {
  const deps = () => stage.world.deps;
  const look = (hours: number) => sweep(later(deps(), hours), { dryRun: false });
  const made = async () => {
    const { id, key } = await requestExport(stage.user, deps());
    await makeExport(systemPrincipal(), { exportId: id, lastTry: false }, deps());
    return { id, key };
  };

  test('leaves one that is ready where it is', async () => {
    const { key } = await made();
    expect((await look(2)).found).toEqual([]);
    expect(await deps().objects.head(key)).not.toBeNull();
  });

  test('removes one that has ended, and tells of what no row knows', async () => {
    const { id, key } = await made();
    await deps().db.query(`update exports set status = 'expired' where id = $1`, [id]);
    const unknown = `exports/${stage.user.id}/EXP-0.zip`;
    await deps().objects.put(unknown, Buffer.from('zip'), { contentType: 'application/zip' });
    expect((await look(0)).found).toEqual([]);
    expect((await look(2)).found).toEqual([
      ['stray_object', { key }],
      ['unknown_object', { key: unknown }],
    ]);
    expect([await deps().objects.head(key), await deps().objects.head(unknown)]).toEqual([
      null,
      expect.objectContaining({ size: 3 }),
    ]);
    await deps().objects.delete(unknown);
  });

  test('aborts what a writer that died a week ago has left', async () => {
    const key = `exports/${stage.user.id}/EXP-1.zip`;
    await deps().objects.createMultipart(key, { contentType: 'application/zip', checksum: 'none' });
    expect((await look(WEEK_HOURS - 1)).found).toEqual([]);
    expect((await look(WEEK_HOURS + 1)).found).toMatchObject([['stray_multipart', { key }]]);
    expect((await deps().objects.listMultiparts(key)).uploads).toEqual([]);
  });
});
