import type { Asset } from '@slipway/core/assets/asset.entity';
import { deleteAsset } from '@slipway/core/assets/delete-asset';
import { privateAddress } from '@slipway/core/assets/private-ref';
import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { hashAddress, normaliseAddress } from '@slipway/core/references/old-address';
import { signReference, signReferences } from '@slipway/core/references/sign-references';
import { DomainError } from '@slipway/core/shared/errors';
import type { Principal } from '@slipway/core/shared/principal';
import { statementsOf } from '../../support/count-statements';
import { describeCore } from '../../support/describe-core';
import { storeFile } from '../../support/store-file';

const OLD = 'https://files.example.com/a%20photo.png?size=1';

describeCore('a private reference', (stage) => {
  let asset: Asset;
  const deps = () => stage.world.deps;
  const sign = (reference: string, by: Principal = stage.user) =>
    signReference(by, { reference, as: 'view' }, deps());
  const signMany = (references: string[], by: Principal = stage.user) =>
    signReferences(by, { references, as: 'view' }, deps());
  const codesOf = (outcomes: unknown[]) =>
    outcomes.map((outcome) => (outcome instanceof DomainError ? outcome.code : 'url'));
  const storeFor = async (owner: Principal, projectId?: string): Promise<Asset> => {
    const project = projectId ?? (await stage.world.newProject(owner)).id;
    return storeFile(stage.world, owner, { projectId: project, file: stage.file });
  };
  const remember = ({ projectId, id }: Asset, address = OLD) =>
    deps().db.query('insert into old_addresses (project_id, address_hash, asset_id) values ($1, $2, $3)', [
      projectId,
      hashAddress(normaliseAddress(address) ?? ''),
      id,
    ]);
  const events = () => deps().db.manager.findBy(AuditEvent, { assetId: asset.id, action: 'accessed' });

  beforeEach(async () => {
    await deps().db.query('delete from old_addresses');
    asset = await storeFor(stage.user, stage.project.id);
  });

  test('gives a fresh URL of its asset, which is on record', async () => {
    const { url } = await sign(privateAddress(asset.privateRef));
    expect((await sign(asset.privateRef)).url).toBe(url);
    const response = await fetch(url);
    await response.arrayBuffer();
    expect(response.status).toBe(200);
    expect(await events()).toHaveLength(2);
  });

  test('gives one to whoever may see it now, and to nobody else', async () => {
    const patient = await stage.world.newUser();
    await expect(sign(asset.privateRef, patient)).rejects.toMatchObject({ code: 'not_found' });
    await stage.world.addMember(stage.project, patient, 'viewer');
    expect((await sign(asset.privateRef, patient)).url).toContain('X-Amz-Signature');
    await deps().db.query('delete from project_members where user_id = $1', [patient.id]);
    await expect(sign(asset.privateRef, patient)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('of somebody else’s and of nobody’s cost the same statements and the same answer', async () => {
    const stranger = await stage.world.newUser();
    const refused: unknown[] = [];
    const ask = (reference: string) =>
      statementsOf(deps().db, async () => refused.push(await sign(reference, stranger).catch(String)));
    expect(await ask(asset.privateRef)).toEqual(await ask('0'.repeat(32)));
    expect(refused[0]).toBe(refused[1]);
  });

  test('goes with its asset', async () => {
    await deleteAsset(stage.user, asset.id, deps());
    await expect(sign(asset.privateRef)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('that is withheld says so to a member only', async () => {
    await deps().db.query(`update assets set scan_state = 'pending' where id = $1`, [asset.id]);
    await expect(sign(asset.privateRef)).rejects.toMatchObject({ code: 'asset_withheld' });
    await expect(sign(asset.privateRef, await stage.world.newUser())).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('may be an old address, in any spelling of it', async () => {
    await remember(asset);
    const { url } = await sign(asset.privateRef);
    for (const spelling of [OLD, 'HTTPS://Files.Example.COM:443/a photo.png?size=1#top']) {
      expect((await sign(spelling)).url).toBe(url);
    }
    for (const other of [
      OLD.replace('https', 'http'),
      OLD.replace('size=1', 'size=2'),
      'files.example.com',
    ]) {
      await expect(sign(other)).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  test('by an old address stands for what is the most the caller’s own', async () => {
    const other = await stage.world.newUser();
    const foreign = await storeFor(other);
    await remember(foreign);
    await expect(sign(OLD)).rejects.toMatchObject({ code: 'not_found' });
    await deps().db.query(`update assets set is_public = true, status = 'Published' where id = $1`, [
      foreign.id,
    ]);
    expect((await sign(OLD)).url).toContain(foreign.id);
    await remember(asset);
    expect((await sign(OLD)).url).toContain(asset.id);
    expect((await sign(OLD, other)).url).toContain(foreign.id);
  });

  test('of many come in order, with what is refused, by one statement and one record of either', async () => {
    await remember(asset);
    const foreign = await storeFor(await stage.world.newUser());
    const asked = [foreign.privateRef, asset.privateRef, OLD, 'nonsense\0', asset.privateRef, 'ftp://x/y'];
    let outcomes: unknown[] = [];
    const statements = await statementsOf(deps().db, async () => void (outcomes = await signMany(asked)));
    expect(codesOf(outcomes)).toEqual(['not_found', 'url', 'url', 'not_found', 'url', 'not_found']);
    // What decides, what was given, what was denied.
    expect(statements).toHaveLength(3);
    expect(await events()).toHaveLength(2);
  });
});
