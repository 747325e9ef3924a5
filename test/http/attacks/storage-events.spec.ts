import { systemPrincipal } from '@slipway/core/shared/principal';
import { finishByEvent } from '@slipway/core/uploads/finish-by-event';
import { describeHttp } from '../../support/describe-http';
import { createHttpWorld, type HttpWorld } from '../../support/http-world';
import { begin, complete, send } from '../../support/upload-steps';
import { expectRefusal } from './refusal';

const SECRET = 'a secret between storage and API';
const PATH = '/api/storage-events';

const FALSE_SECRETS: Record<string, Record<string, string>> = {
  'no secret': {},
  'another secret': { authorization: 'Bearer another secret of the same length' },
  'the beginning of the secret': { authorization: `Bearer ${SECRET.slice(0, -1)}` },
  'the secret and more': { authorization: `Bearer ${SECRET}x` },
  'the secret as a user name': { authorization: `Basic ${Buffer.from(`${SECRET}:`).toString('base64')}` },
  'an empty secret': { authorization: 'Bearer ' },
};

describeHttp('the event of a storage', (stage) => {
  let http: HttpWorld;
  beforeAll(async () => {
    http = await createHttpWorld(stage.world, { storageEventsSecret: SECRET });
  });
  afterAll(() => http.close());

  const event = (key: string, bucket = 'slipway-contract') => ({
    Records: [{ eventName: 'ObjectCreated:Put', s3: { bucket: { name: bucket }, object: { key } } }],
  });
  const tell = (body: object, headers: Record<string, string> = { authorization: `Bearer ${SECRET}` }) =>
    http.call('POST', PATH, { body, headers });
  const assets = () =>
    stage.world.deps.db.query<{ id: string }[]>('select id from assets where project_id = $1', [
      stage.project.id,
    ]);
  const jobsFor = async (uploadId: string): Promise<unknown[]> =>
    (await stage.world.waitingJobs('finish-upload')).filter(
      (payload) => (payload as { upload_id: string }).upload_id === uploadId,
    );

  test.each(Object.entries(FALSE_SECRETS))('that shows %s is not heard', async (_, headers) => {
    const { upload } = await begin(stage.world, stage.user, {
      projectId: stage.project.id,
      file: stage.file,
    });
    expectRefusal(await tell(event(upload.incomingKey), headers), 401, 'unauthenticated');
    expect(await jobsFor(upload.id)).toEqual([]);
  });

  test('that is replayed after the end leads to one job at most, and that makes no second asset', async () => {
    const { deps } = stage.world;
    const begun = await begin(stage.world, stage.user, { projectId: stage.project.id, file: stage.file });
    await send(begun, stage.file.body);
    const { asset } = await complete(stage.world, stage.user, begun.upload);
    for (let time = 0; time < 3; time += 1) await tell(event(begun.upload.incomingKey));
    expect(await jobsFor(begun.upload.id)).toHaveLength(1);
    await finishByEvent(systemPrincipal(), { uploadId: begun.upload.id, lastTry: true }, deps);
    expect(await assets()).toEqual([{ id: asset.id }]);
    expect(await deps.objects.head(asset.fileKey)).not.toBeNull();
  });

  test('of another bucket is ignored', async () => {
    const { upload } = await begin(stage.world, stage.user, {
      projectId: stage.project.id,
      file: stage.file,
    });
    expect((await tell(event(upload.incomingKey, 'evil'))).status).toBe(204);
    expect(await jobsFor(upload.id)).toEqual([]);
  });

  test.each([
    'incoming/../projects/x',
    'incoming/UPL-1%00',
    'projects/PRJ-1/assets/AST-1/x',
    '',
    "incoming/' or 1=1",
  ])('of the key %j makes nothing', async (key) => {
    const answer = await tell(event(key));
    expect([204, 400]).toContain(answer.status);
    expect(await assets()).toEqual([]);
  });
});
