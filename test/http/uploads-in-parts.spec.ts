import { describeHttp } from '../support/describe-http';
import { embeddedStorage } from '../support/object-stores';
import { cutAboveFiveMiB, largeFile } from '../support/part-steps';
import { sha256, type Bytes } from '../support/test-files';

const MIB = 1024 * 1024;
const PART_SIZE = 8 * MIB;

type Body = Record<string, unknown>;

describeHttp(
  'large uploads',
  (stage) => {
    const file = largeFile();
    cutAboveFiveMiB(stage);

    const announcement = (change: object = {}) => ({
      project_id: stage.projectId,
      file_name: file.name,
      file_size: file.body.length,
      content_type: file.contentType,
      ...change,
    });
    const post = (path: string, body: object, headers: Record<string, string> = {}) =>
      stage.http.call('POST', path, { token: stage.token, body, headers });
    const begin = async (): Promise<Body> => (await post('/api/assets/upload-url', announcement())).body;
    const parts = ({ asset_id: id }: Body, body: object) => post(`/api/uploads/${String(id)}/parts`, body);
    const state = ({ asset_id: id }: Body, token = stage.token) =>
      stage.http.call('GET', `/api/uploads/${String(id)}`, { token });
    const complete = ({ file_key }: Body) =>
      post('/api/assets', {
        name: 'Scan',
        project_id: stage.projectId,
        file_key,
        file_size: file.body.length,
        content_type: file.contentType,
      });

    const bodies = [file.body.subarray(0, PART_SIZE), file.body.subarray(PART_SIZE)];
    const announcePart = (body: Bytes, index: number) => ({
      part_number: index + 1,
      size: body.length,
      checksum_sha256: sha256(body),
    });

    async function sendAll(begun: Body): Promise<void> {
      const { body } = await parts(begun, { parts: bodies.map(announcePart) });
      for (const part of body['parts'] as {
        part_number: number;
        url: string;
        headers: Record<string, string>;
      }[]) {
        const { url, headers, part_number: number } = part;
        const response = await fetch(url, { method: 'PUT', headers, body: bodies[number - 1] ?? null });
        expect(response.status).toBe(200);
      }
    }

    test('are answered with their plan instead of a URL', async () => {
      expect(await begin()).toMatchObject({
        upload_url: null,
        headers: {},
        expires_in: 86_400,
        multipart: { part_size: PART_SIZE, part_count: 2, checksum: 'sha256' },
        deduplicated: false,
      });
    });

    test('are sent in signed parts, told how far they are, and completed by the same call as small ones', async () => {
      const begun = await begin();
      expect((await state(begun)).body).toMatchObject({ status: 'pending', part_count: 2, parts: [] });
      const signed = await parts(begun, { parts: bodies.map(announcePart) });
      expect([signed.status, signed.body]).toEqual([
        200,
        {
          parts: bodies.map((body, index) => ({
            part_number: index + 1,
            url: expect.stringContaining(`partNumber=${index + 1}`),
            method: 'PUT',
            headers: { 'x-amz-checksum-sha256': sha256(body) },
            expires_at: expect.stringMatching(/Z$/),
          })),
          now: expect.stringMatching(/Z$/),
        },
      ]);
      const early = await complete(begun);
      expect([early.status, early.body['code'], early.body['missing_parts']]).toEqual([
        409,
        'object_missing',
        2,
      ]);
      expect(early.headers['retry-after']).toBe('1');
      await sendAll(begun);
      expect((await state(begun)).body['parts']).toEqual(
        bodies.map((body, index) => ({
          part_number: index + 1,
          size: body.length,
          etag: expect.stringMatching(/^[0-9a-f]{32}$/),
          checksum_sha256: sha256(body),
        })),
      );
      expect((await complete(begun)).status).toBe(201);
      expect((await complete(begun)).status).toBe(200);
      expect((await state(begun)).body).toMatchObject({ status: 'completed', parts: [] });
      const late = await parts(begun, { parts: bodies.map(announcePart) });
      expect([late.status, late.body['code']]).toEqual([409, 'upload_completed']);
    });

    const [full, rest] = bodies as [Bytes, Bytes];
    const fitting = announcePart(full, 0);

    test.each<[string, object, string]>([
      ['none', {}, 'parts'],
      ['an empty list', { parts: [] }, 'parts'],
      ['seventeen', { parts: Array.from({ length: 17 }, () => announcePart(rest, 1)) }, 'parts'],
      ['one without a size', { parts: [{ part_number: 1 }] }, 'parts[0].size'],
      ['one with a member too many', { parts: [{ ...fitting, extra: 1 }] }, 'parts[0].extra'],
      ['one of another size than planned', { parts: [announcePart(full, 1)] }, 'parts[0].size'],
      [
        'one whose sum is none',
        { parts: [{ ...fitting, checksum_sha256: 'abc' }] },
        'parts[0].checksum_sha256',
      ],
      ['the same twice', { parts: [fitting, fitting] }, 'parts[1].part_number'],
    ])('parts that cannot be signed are refused with the field: %s', async (_, body, field) => {
      const { status, body: problem } = await parts(await begin(), body);
      expect([status, problem['code']]).toEqual([400, 'invalid_request']);
      expect(problem['errors']).toContainEqual(expect.objectContaining({ field }));
    });

    test('of others and of nobody look the same', async () => {
      const begun = await begin();
      const stranger = await stage.http.signUp();
      const [foreign, unknown] = [await state(begun, stranger), await state({ asset_id: 'AST-0' })];
      expect([foreign.status, foreign.body['detail']]).toEqual([404, unknown.body['detail']]);
    });

    test('cancelled are told as such', async () => {
      const begun = await begin();
      const path = `/api/uploads/${String(begun['asset_id'])}`;
      expect((await stage.http.call('DELETE', path, { token: stage.token })).status).toBe(204);
      const late = await parts(begun, { parts: bodies.map(announcePart) });
      expect([late.status, late.body['code']]).toEqual([410, 'upload_cancelled']);
      expect((await state(begun)).body['status']).toBe('cancelled');
    });

    describe('begun many at once', () => {
      test('answer for each file', async () => {
        const files = [announcement(), announcement({ file_name: '../x' }), announcement({ file_size: 10 })];
        const { status, body } = await post('/api/assets/upload-urls', { files });
        expect(status).toBe(200);
        expect(body['data']).toEqual([
          { status: 200, upload: expect.objectContaining({ upload_url: null }) },
          {
            status: 400,
            problem: expect.objectContaining({
              code: 'invalid_request',
              instance: '/api/assets/upload-urls',
              errors: [expect.objectContaining({ field: 'file_name' })],
            }),
          },
          { status: 200, upload: expect.objectContaining({ multipart: null }) },
        ]);
      });

      test.each([0, 101])('are refused when they are %p', async (length) => {
        const files = Array.from({ length }, () => announcement());
        const { status, body } = await post('/api/assets/upload-urls', { files });
        expect([status, body['code']]).toEqual([400, 'invalid_request']);
      });

      test('with a key are begun once', async () => {
        const headers = { 'idempotency-key': `batch-${stage.projectId}` };
        const files = [announcement(), announcement()];
        const first = await post('/api/assets/upload-urls', { files }, headers);
        const again = await post('/api/assets/upload-urls', { files }, headers);
        expect(again.body).toEqual(first.body);
      });
    });

    test('of bytes the project has are not sent again where the project says so', async () => {
      const small = stage.file;
      const announced = announcement({
        file_name: small.name,
        file_size: small.body.length,
        content_type: small.contentType,
        checksum_sha256: sha256(small.body),
      });
      const finish = ({ file_key }: Body) =>
        post('/api/assets', {
          name: 'Copy',
          project_id: stage.projectId,
          file_key,
          file_size: small.body.length,
          content_type: small.contentType,
        });
      const { body: first } = await post('/api/assets/upload-url', announced);
      const headers = first['headers'] as Record<string, string>;
      await fetch(String(first['upload_url']), { method: 'PUT', headers, body: small.body });
      expect((await finish(first)).status).toBe(201);
      const path = `/api/projects/${stage.projectId}`;
      const change = { token: stage.token, body: { deduplicate: true } };
      expect((await stage.http.call('PATCH', path, change)).body).toMatchObject({ deduplicate: true });
      const { body: second } = await post('/api/assets/upload-url', announced);
      expect(second).toMatchObject({ upload_url: null, multipart: null, deduplicated: true });
      expect((await finish(second)).status).toBe(201);
    });
  },
  [embeddedStorage],
);

describeHttp(
  'a project',
  (stage) => {
    const path = () => `/api/projects/${stage.projectId}`;
    const patch = (body: object, token = stage.token) => stage.http.call('PATCH', path(), { token, body });

    test('is renamed, and what is left out stays', async () => {
      await patch({ deduplicate: true });
      expect((await patch({ name: ' Ships ' })).body).toMatchObject({ name: 'Ships', deduplicate: true });
      const { body } = await stage.http.call('GET', path(), { token: stage.token });
      expect(body).toMatchObject({ name: 'Ships', deduplicate: true });
    });

    test.each([{ name: '' }, { name: null }, { deduplicate: 'yes' }, { owner_id: 'USR-1' }])(
      'cannot be changed to %j',
      async (change) => {
        expect((await patch(change)).body['code']).toBe('invalid_request');
      },
    );

    test('of another is not found', async () => {
      expect((await patch({ name: 'Mine' }, await stage.http.signUp())).status).toBe(404);
    });
  },
  [embeddedStorage],
);
