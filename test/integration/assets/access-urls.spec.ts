import { randomUUID } from 'node:crypto';
import type { Asset } from '@slipway/core/assets/asset.entity';
import { grantAccess } from '@slipway/core/assets/grant-access';
import { grantAccessToMany } from '@slipway/core/assets/grant-access-to-many';
import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { DomainError } from '@slipway/core/shared/errors';
import { newId } from '@slipway/core/shared/ids';
import type { Principal } from '@slipway/core/shared/principal';
import { parse } from 'content-disposition';
import { Client } from 'pg';
import { In } from 'typeorm';
import { statementsOf } from '../../support/count-statements';
import { describeCore } from '../../support/describe-core';
import { storeFile } from '../../support/store-file';
import { sha256, textFile, type TestFile } from '../../support/test-files';

const limitedTo = (principal: Principal, maxAccessUrlSeconds: number): Principal => ({
  ...principal,
  account: principal.account && { ...principal.account, maxAccessUrlSeconds },
});

describeCore('an access URL', (stage) => {
  const deps = () => stage.world.deps;
  const store = (file: TestFile = stage.file): Promise<Asset> =>
    storeFile(stage.world, stage.user, { projectId: stage.project.id, file });
  const grant = (asset: Asset, purpose: 'view' | 'download') =>
    grantAccess(stage.user, { assetId: asset.id, purpose }, deps());
  const grantFor = (asset: Asset, by: Principal, expiresIn?: number) =>
    grantAccess(by, { assetId: asset.id, purpose: 'view', expiresIn }, deps());
  const grantMany = (ids: string[], as: 'view' | 'thumbnail' = 'view', by = stage.user) =>
    grantAccessToMany(by, { assetIds: ids, as }, deps());
  const lifeOf = (expiresAt: Date): number => (expiresAt.getTime() - deps().clock.now().getTime()) / 1000;
  const open = async (url: string) => {
    const response = await fetch(url);
    const body = Buffer.from(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, body };
  };
  const eventsOf = (ids: string[]) =>
    deps().db.manager.findBy(AuditEvent, { assetId: In(ids), action: 'accessed' });

  test.each(['a "b"; x=y.png', '100%.png', 'ü 👩‍⚕️ صورة.png', `${'é'.repeat(125)}x.png`])(
    'tells the storage the name %s, to show and to save',
    async (name) => {
      const asset = await store({ ...stage.file, name });
      for (const [purpose, type] of [
        ['view', 'inline'],
        ['download', 'attachment'],
      ] as const) {
        const { status, headers, body } = await open((await grant(asset, purpose)).url);
        expect([status, headers.get('content-type')]).toEqual([200, 'image/png']);
        expect(parse(headers.get('content-disposition') ?? '')).toMatchObject({
          type,
          parameters: { filename: name },
        });
        expect(sha256(body)).toBe(sha256(stage.file.body));
      }
    },
  );

  test.each([
    ['page.html', 'text/html', '<!doctype html><script>alert(1)</script>'],
    ['page.xhtml', 'application/xhtml+xml', '<html xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['drawing.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    ['feed.xml', 'text/xml', '<?xml version="1.0"?><feed/>'],
    ['sum.mml', 'application/mathml+xml', '<math/>'],
    ['worker.js', 'application/javascript', 'self.onfetch = () => {}'],
    ['style.css', 'text/css', 'a { color: red }'],
    ['frames.bin', 'multipart/x-mixed-replace', '--x\r\nContent-Type: text/html\r\n\r\n<b>'],
    ['unknown.xyz', 'application/x-unknown', 'whatever'],
  ])('only ever saves %s, as bytes of no type', async (name, contentType, text) => {
    const asset = await store(textFile(text, name, contentType));
    for (const purpose of ['view', 'download'] as const) {
      const { headers } = await open((await grant(asset, purpose)).url);
      expect(headers.get('content-disposition')).toMatch(/^attachment;/);
      expect(headers.get('content-type')).toBe('application/octet-stream');
    }
  });

  test('promises the configured life, and is the same within its window', async () => {
    const asset = await store();
    const { url, expiresAt } = await grant(asset, 'view');
    expect(lifeOf(expiresAt)).toBeGreaterThanOrEqual(3600);
    expect((await grant(asset, 'view')).url).toBe(url);
  });

  test('never outlives what the caller’s tier allows, and says so where more is asked for', async () => {
    const asset = await store();
    const limited = limitedTo(stage.user, 300);
    expect(lifeOf((await grantFor(asset, limited)).expiresAt)).toBeLessThanOrEqual(300);
    const exactly = lifeOf((await grantFor(asset, limited, 300)).expiresAt);
    // Signatures are dated in whole seconds.
    expect(exactly).toBeGreaterThan(299);
    expect(exactly).toBeLessThanOrEqual(300);
    await expect(grantFor(asset, limited, 301)).rejects.toMatchObject({
      code: 'invalid_request',
      errors: [{ field: 'expires_in', message: expect.stringContaining('300') }],
    });
  });

  test('of many comes in the order asked for, refusals among them, on record once each', async () => {
    const [one, two] = [await store(), await store()];
    const stranger = await stage.world.newUser();
    const foreign = await storeFile(stage.world, stranger, {
      projectId: (await stage.world.newProject(stranger)).id,
      file: stage.file,
    });
    await deps().db.query(`update assets set scan_state = 'infected' where id = $1`, [two.id]);
    const ids = [two.id, one.id, foreign.id, newId('AST'), one.id, randomUUID()];
    const outcomes = await grantMany(ids);
    expect(outcomes.map((outcome) => (outcome instanceof DomainError ? outcome.code : 'url'))).toEqual([
      'asset_withheld',
      'url',
      'not_found',
      'not_found',
      'url',
      'not_found',
    ]);
    const { url } = outcomes[1] as { url: string };
    expect(outcomes[4]).toMatchObject({ url });
    expect((await open(url)).status).toBe(200);
    expect(await eventsOf(ids)).toEqual([
      expect.objectContaining({ assetId: one.id, actorId: stage.user.id, details: expect.anything() }),
    ]);
  });

  test('of a hundred costs as many statements as of one', async () => {
    const ids = [await store(), await store(), await store()].map(({ id }) => id);
    expect(await statementsOf(deps().db, () => grantMany(ids))).toHaveLength(2);
  });

  test('of an unknown asset and of somebody else’s are refused in the same words', async () => {
    const asset = await store();
    const [foreign, unknown] = await grantMany([asset.id, newId('AST')], 'view', await stage.world.newUser());
    expect(foreign).toBeInstanceOf(DomainError);
    expect(foreign).toMatchObject({ code: 'not_found', message: (unknown as DomainError).message });
  });

  test('of thumbnails opens them, where there are any', async () => {
    const [one, other] = [await store(), await store()];
    const key = `${one.fileKey}.thumb`;
    await deps().objects.put(key, stage.file.body, { contentType: 'image/jpeg' });
    await deps().db.query('update assets set thumbnail_key = $2 where id = $1', [one.id, key]);
    const [signed, none] = await grantMany([one.id, other.id], 'thumbnail');
    expect((await open((signed as { url: string }).url)).headers.get('content-type')).toBe('image/jpeg');
    expect(none).toMatchObject({ code: 'object_missing' });
    expect(await eventsOf([one.id, other.id])).toEqual([
      expect.objectContaining({
        assetId: one.id,
        details: expect.objectContaining({ purpose: 'thumbnail' }),
      }),
    ]);
  });

  test('is not given where it cannot be put on record', async () => {
    const asset = await store();
    const owner = new Client({ connectionString: stage.world.ownerUrl });
    await owner.connect();
    await owner.query('alter table audit_events rename to audit_events_away');
    try {
      await expect(grantMany([asset.id])).rejects.toThrow('audit_events');
    } finally {
      await owner.query('alter table audit_events_away rename to audit_events');
      await owner.end();
    }
  });
});
