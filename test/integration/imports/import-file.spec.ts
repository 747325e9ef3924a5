import { randomBytes } from 'node:crypto';
import { Asset } from '@slipway/core/assets/asset.entity';
import { deleteAsset } from '@slipway/core/assets/delete-asset';
import { AuditEvent } from '@slipway/core/audit/audit-event.entity';
import { beginImport } from '@slipway/core/imports/begin-import';
import { Import } from '@slipway/core/imports/import.entity';
import { importFile } from '@slipway/core/imports/import-file';
import { readImport } from '@slipway/core/imports/read-import';
import { Project } from '@slipway/core/projects/project.entity';
import { signReference } from '@slipway/core/references/sign-references';
import type { Deps } from '@slipway/core/shared/deps';
import type { FetchRules } from '@slipway/platform/fetch/fetch-rules';
import { Upload } from '@slipway/core/uploads/upload.entity';
import type { Principal } from '@slipway/core/shared/principal';
import { importFileJob } from '@slipway/worker/imports/import-file.job';
import type { JobContext } from '@slipway/platform/jobs/job-handlers';
import { describeCore } from '../../support/describe-core';
import { type FileHost, startFileHost } from '../../support/file-host';
import { Crash, mortal } from '../../support/fuse';
import { sha256 } from '../../support/test-files';

const MIB = 1024 * 1024;

describeCore('an import', (stage) => {
  let host: FileHost;
  const deps = (change: Partial<FetchRules> = {}): Deps => {
    const { deps: usual } = stage.world;
    return { ...usual, settings: { ...usual.settings, imports: host.rules(change) } };
  };
  const begin = (address: string, name?: string, by: Principal = stage.user) =>
    beginImport(by, { projectId: stage.project.id, address, name: name ?? null }, deps());
  const run = ({ id }: Import, { lastTry = false, world = deps() } = {}) =>
    importFile({ importId: id, lastTry }, world);
  const rowOf = ({ id }: Import) => stage.world.deps.db.manager.findOneByOrFail(Import, { id });
  const assetOf = (id: string | null) =>
    stage.world.deps.db.manager.findOneByOrFail(Asset, { id: id ?? 'none' });
  const serve = (body: Buffer, headers: Record<string, string> = {}) => {
    host.answer = (_, response) => response.writeHead(200, headers).end(body);
  };
  const servePicture = () => serve(stage.file.body, { 'content-type': 'image/png' });
  const events = async () => {
    const found = await stage.world.deps.db.manager.find(AuditEvent, {
      where: { projectId: stage.project.id },
      order: { seq: 'asc' },
    });
    return found.filter(({ action }) => action.startsWith('import'));
  };

  beforeAll(async () => {
    host = await startFileHost();
  });
  afterAll(() => host.close());
  beforeEach(() => {
    host.asked = [];
    servePicture();
  });

  test('becomes an asset of who asked, under its old name, and its old address goes on working', async () => {
    const row = await begin(host.at('/photos/My%20knee.png?size=1'));
    expect(await stage.world.waitingJobs('import-file')).toContainEqual({ import_id: row.id });
    await run(row);
    const done = await readImport(stage.user, row.id, deps());
    expect(done.row).toMatchObject({ status: 'completed', code: null, reason: null });
    const asset = await assetOf(done.row.assetId);
    expect(done.privateRef).toBe(asset.privateRef);
    expect(asset).toMatchObject({
      createdBy: stage.user.id,
      projectId: stage.project.id,
      name: 'My knee.png',
      fileName: 'My knee.png',
      fileSize: stage.file.body.length,
      contentType: 'image/png',
      isPublic: false,
    });
    const { url } = await signReference(stage.user, { reference: row.address, as: 'view' }, deps());
    const body = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(sha256(body)).toBe(sha256(stage.file.body));
    expect(await stage.usage()).toMatchObject({ used: asset.fileSize, reserved: 0, files: 1 });
    expect(await events()).toEqual([
      expect.objectContaining({ action: 'imported', assetId: asset.id, actorId: stage.user.id }),
    ]);
  });

  test('of a large file goes in parts', async () => {
    const body = randomBytes(17 * MIB);
    serve(body, { 'content-type': 'application/octet-stream' });
    const row = await begin(host.at('/large.bin'), 'A large file');
    await run(row);
    const asset = await assetOf((await rowOf(row)).assetId);
    expect(asset).toMatchObject({ name: 'A large file', fileName: 'large.bin', fileSize: body.length });
    const stored = await deps().objects.readRange(asset.fileKey, 0, body.length);
    expect(stored.equals(body)).toBe(true);
    expect(await stage.usage()).toMatchObject({ used: body.length, reserved: 0 });
  });

  test.each([
    ['what the host says, where it is so', 'image/png; charset=x', 'image/png'],
    ['its bytes, where the host is wrong', 'text/html', 'image/png'],
    ['its bytes, where the host says nothing', '', 'image/png'],
    ['its bytes, where the host does not know', 'application/octet-stream', 'image/png'],
  ])('has the type of %s', async (_, told, type) => {
    serve(stage.file.body, told === '' ? {} : { 'content-type': told });
    const row = await begin(host.at(`/${randomBytes(4).toString('hex')}`));
    await run(row);
    expect((await assetOf((await rowOf(row)).assetId)).contentType).toBe(type);
  });

  test.each([
    ['/', 'file'],
    ['/..%2F..%2Fetc%2Fpasswd', '.._.._etc_passwd'],
    ['/a%00b.png', 'a_b.png'],
    ['/%E0%A4%A', '%E0%A4%A'],
    [`/${'x'.repeat(300)}.png`, `${'x'.repeat(251)}.png`],
    ['/invoice%E2%80%AEgpj.png', 'invoice_gpj.png'],
  ])('of %s is called %s', async (path, name) => {
    const row = await begin(host.at(path));
    await run(row);
    expect((await assetOf((await rowOf(row)).assetId)).fileName).toBe(name);
  });

  test('of an address that is there is not fetched again', async () => {
    const first = await begin(host.at('/same.png'));
    await run(first);
    const { assetId } = await rowOf(first);
    const second = await begin(host.at('/same.png#top'));
    expect(second).toMatchObject({ status: 'completed', assetId });
    expect(host.asked).toHaveLength(1);
    await deleteAsset(stage.user, assetId ?? '', deps());
    const third = await begin(host.at('/same.png'));
    await run(third);
    expect((await rowOf(third)).assetId).not.toBe(assetId);
    expect(host.asked).toHaveLength(2);
    const { url } = await signReference(stage.user, { reference: host.at('/same.png'), as: 'view' }, deps());
    expect(url).toContain(String((await rowOf(third)).assetId));
  });

  test('of one address asked for many times at once is one', async () => {
    const rows = await Promise.all(Array.from({ length: 8 }, () => begin(host.at('/once.png'))));
    expect(new Set(rows.map(({ id }) => id)).size).toBe(1);
    const jobs = await stage.world.waitingJobs('import-file');
    expect(jobs.filter((job) => JSON.stringify(job).includes(rows[0]?.id ?? 'none'))).toHaveLength(1);
  });

  test('that two workers do at once becomes one asset', async () => {
    const row = await begin(host.at('/twice.png'));
    const runs = await Promise.allSettled([run(row), run(row), run(row)]);
    expect(runs.some(({ status }) => status === 'fulfilled')).toBe(true);
    await run(row);
    const { assetId, status } = await rowOf(row);
    expect([status, (await assetOf(assetId)).deletedAt]).toEqual(['completed', null]);
    expect(await stage.usage()).toMatchObject({ files: 1, reserved: 0 });
  });

  test('waits where a worker has its hands full, and comes to all in the end', async () => {
    const held: (() => void)[] = [];
    host.answer = (_, response) => held.push(() => response.end(stage.file.body));
    const handle = importFileJob(deps());
    const rows = [];
    for (const n of [1, 2, 3]) rows.push(await begin(host.at(`/${n}.png`)));
    await stage.world.deps.db.query('delete from graphile_worker._private_jobs');
    const context = { attempt: 1, maxAttempts: 5, signal: new AbortController().signal } as JobContext;
    const [one, two, three] = rows.map(({ id }) => handle({ import_id: id }, context));
    await three;
    expect(await stage.world.waitingJobs('import-file')).toEqual([{ import_id: rows[2]?.id }]);
    while (held.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    for (const release of held) release();
    await Promise.all([one, two]);
    servePicture();
    await handle({ import_id: rows[2]?.id ?? '' }, context);
    expect(await Promise.all(rows.map(async (row) => (await rowOf(row)).status))).toEqual([
      'completed',
      'completed',
      'completed',
    ]);
  });

  test.each([
    ['http://evil.example/x', 'host_not_allowed'],
    ['http://127.0.0.1/x', 'host_not_allowed'],
    ['http://169.254.169.254/latest', 'host_not_allowed'],
    ['ftp://files.example.com/x', 'invalid_request'],
    ['http://a:b@files.example.com/x', 'invalid_request'],
    ['/x', 'invalid_request'],
  ])('of %s is refused at once', async (address, code) => {
    await expect(begin(address)).rejects.toMatchObject({ code });
  });

  test('is off where no hosts are named', async () => {
    const settings = { ...deps().settings, imports: { ...host.rules(), hosts: [] } };
    const input = { projectId: stage.project.id, address: host.at('/x') };
    await expect(beginImport(stage.user, input, { ...deps(), settings })).rejects.toMatchObject({
      code: 'host_not_allowed',
    });
  });

  test('is for editors, and seen by members only', async () => {
    const [viewer, stranger] = [await stage.world.newUser(), await stage.world.newUser()];
    await stage.world.addMember(stage.project, viewer, 'viewer');
    await expect(begin(host.at('/x'), undefined, viewer)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(begin(host.at('/x'), undefined, stranger)).rejects.toMatchObject({ code: 'not_found' });
    const row = await begin(host.at('/seen.png'));
    expect((await readImport(viewer, row.id, deps())).row.id).toBe(row.id);
    const foreign = await readImport(stranger, row.id, deps()).catch(String);
    expect(foreign).toBe(await readImport(stranger, 'IMP-unknown', deps()).catch(String));
  });

  describe('fails, on record, with nothing reserved', () => {
    const limitTier = (limits: string) =>
      stage.world.deps.db.query(`update tiers set ${limits} where name = 'free'`);

    afterEach(() => limitTier('max_bytes = 5368709120, max_file_size = 2147483648'));

    const ended = async (row: Import) => {
      const { status, code, assetId } = await rowOf(row);
      const recorded = (await events()).map(({ action, result, reason }) => [action, result, reason]);
      return { status, code, assetId, recorded, usage: await stage.usage() };
    };
    const failedWith = (code: string) => ({
      status: 'failed',
      code,
      assetId: null,
      recorded: [['import_failed', 'refused', code]],
      usage: { used: 0, reserved: 0, files: 0 },
    });

    test('where there is no file', async () => {
      host.answer = (_, response) => response.writeHead(404).end();
      const row = await begin(host.at('/gone.png'));
      await run(row);
      expect(await ended(row)).toEqual(failedWith('import_failed'));
      expect((await rowOf(row)).reason).toBe('The host answered 404.');
    });

    test('where the address leads into this network, in the words of one where nobody is', async () => {
      host.answer = (_, response) => response.writeHead(302, { location: 'http://in.example.com/' }).end();
      const row = await begin(host.at('/redirect.png'));
      await expect(run(row)).rejects.toMatchObject({ failure: 'unreachable' });
      expect((await rowOf(row)).status).toBe('pending');
      await run(row, { lastTry: true });
      expect(await ended(row)).toEqual(failedWith('import_failed'));
      expect((await rowOf(row)).reason).toBe('Nothing answers at this address.');
    });

    test('where it leads to a host that is not named', async () => {
      host.answer = (_, response) => response.writeHead(302, { location: 'http://127.0.0.1/' }).end();
      const row = await begin(host.at('/redirect.png'));
      await run(row);
      expect(await ended(row)).toEqual(failedWith('host_not_allowed'));
      expect((await rowOf(row)).reason).not.toMatch(/127/);
    });

    test('where the file is larger than imports may be', async () => {
      const row = await begin(host.at('/large.png'));
      await run(row, { world: deps({ maxBytes: 100 }) });
      expect(await ended(row)).toEqual(failedWith('file_too_large'));
    });

    test('where the tier takes no file of that size', async () => {
      const row = await begin(host.at('/large.png'));
      await limitTier('max_file_size = 100');
      await run(row);
      expect(await ended(row)).toEqual(failedWith('file_too_large'));
    });

    test('where the account is full', async () => {
      const row = await begin(host.at('/much.png'));
      await limitTier('max_bytes = 100');
      await run(row);
      expect(await ended(row)).toEqual(failedWith('quota_exceeded'));
    });

    test('where the file is empty', async () => {
      serve(Buffer.alloc(0));
      const row = await begin(host.at('/empty.png'));
      await run(row);
      expect(await ended(row)).toEqual(failedWith('invalid_request'));
    });

    test('where who asked may do nothing any more', async () => {
      const row = await begin(host.at('/late.png'));
      await stage.world.deps.db.query('update users set suspended_at = now() where id = $1', [stage.user.id]);
      await run(row);
      expect(await ended(row)).toEqual(failedWith('forbidden'));
      expect(host.asked).toEqual([]);
    });

    test('where the project was archived meanwhile', async () => {
      const row = await begin(host.at('/late.png'));
      await stage.world.deps.db.manager.update(Project, stage.project.id, { archivedAt: new Date() });
      await run(row);
      expect(await ended(row)).toEqual(failedWith('project_archived'));
    });

    test('where the storage stays away, and gives back what was begun', async () => {
      const row = await begin(host.at('/stored.png'));
      const usual = deps();
      const objects = new Proxy(usual.objects, {
        get: (of, key) =>
          key === 'put' ? () => Promise.reject(new Error('no puts')) : (Reflect.get(of, key) as unknown),
      });
      const world = { ...usual, objects };
      await expect(run(row, { world })).rejects.toThrow('no puts');
      await expect(run(row, { world, lastTry: true })).rejects.toThrow('no puts');
      expect(await ended(row)).toEqual(failedWith('import_failed'));
      expect((await rowOf(row)).reason).toBe('The file could not be stored.');
      const uploads = await usual.db.manager.findBy(Upload, { projectId: stage.project.id });
      expect(uploads.map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    });
  });

  test('that dies at any call is finished by a repeat, once', async () => {
    for (let point = 1, died = true; died; point += 1) {
      const before = (await stage.usage()).files;
      const row = await begin(host.at(`/death-${point}.png`));
      died = await run(row, { world: mortal(deps(), point) }).then(
        () => false,
        (error: unknown) => error instanceof Crash,
      );
      // The claim of the dead lapses.
      await stage.world.deps.db.query(`update uploads set claimed_until = now() - interval '1 second'`);
      await run(row);
      expect((await rowOf(row)).status).toBe('completed');
      expect((await stage.usage()).files).toBe(before + 1);
      const pending = { projectId: stage.project.id, status: 'pending' as const };
      const left = await stage.world.deps.db.manager.findBy(Upload, pending);
      // Begun, and dead before the import knew of it: given back by its own expiry.
      expect(left.length).toBeLessThanOrEqual(1);
      for (const { id } of left) await stage.world.deps.db.manager.update(Upload, id, { status: 'expired' });
    }
  });
});
