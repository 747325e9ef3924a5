import { describeHttp } from '../../support/describe-http';
import { storageForTests } from '../../support/storage-for-tests';
import { expectRefusal } from './refusal';

/** File names that mean something to a file system, a header, a browser or a reader's eye. */
const REFUSED: Record<string, string> = {
  'a parent folder': '../photo.png',
  'a path': 'a/b.png',
  'a path of Windows': 'a\\b.png',
  'a root': '/etc/passwd',
  'a dot': '.',
  'two dots': '..',
  'a NUL': 'photo.png\u0000.html',
  'a line break (a header of its own)': 'photo.png\r\nX-Evil: 1',
  'a line feed': 'photo\n.png',
  'a tab': 'pho\tto.png',
  'an escape (a terminal’s colours)': '\u001b[31mphoto.png',
  'a delete': 'photo\u007f.png',
  'a C1 control': 'photo\u0085.png',
  'a right-to-left override': 'photo\u202egpj.exe',
  'a left-to-right isolate': 'photo\u2066.png',
  'a line separator': 'photo\u2028.png',
  'a lone surrogate': 'photo\ud800.png',
  nothing: '',
  spaces: '   ',
  '256 bytes': 'a'.repeat(256),
  '255 characters of more bytes': 'ü'.repeat(200),
};

const ACCEPTED: Record<string, string> = {
  'quotes and commas': `it's "a", photo;.png`,
  'percent signs': '%2e%2e%2fphoto.png',
  'an emoji': 'фото 🚢.png',
  SQL: `'; drop table assets; --.png`,
  markup: '<img src=x onerror=alert(1)>.png',
  'a formula': '=cmd|calc.png',
  'a shell': '$(touch x) `id`.png',
};

describeHttp(
  'a hostile name',
  (stage) => {
    const begin = (file_name: unknown) =>
      stage.http.call('POST', '/api/assets/upload-url', {
        token: stage.token,
        body: { project_id: stage.projectId, file_name, file_size: 10, content_type: 'image/png' },
      });

    test.each(Object.entries(REFUSED))(
      'of a file, with %s, is refused and nothing is begun',
      async (_, name) => {
        const answer = await begin(name);
        expectRefusal(answer, 400, 'invalid_request');
        expect(answer.body['errors']).toEqual([expect.objectContaining({ field: 'file_name' })]);
        const rows = await stage.world.deps.db.query('select from uploads where project_id = $1', [
          stage.projectId,
        ]);
        expect(rows).toHaveLength(0);
      },
    );

    test.each(Object.entries(ACCEPTED))('of a file, with %s, is only a name', async (_, name) => {
      const { status, body } = await begin(name);
      expect(status).toBe(200);
      const folder = `projects/${stage.projectId}/assets/${String(body['asset_id'])}/`;
      expect(body['file_key']).toBe(`${folder}${name}`);
      const url = new URL(String(body['upload_url']));
      expect(decodeURIComponent(url.pathname)).not.toContain('..');
      expect(JSON.stringify(body['headers'])).not.toMatch(/[\r\n]/);
    });

    test.each(Object.entries(REFUSED).filter(([what]) => !/folder|path|root|dot|bytes/.test(what)))(
      'of an asset, with %s, is refused',
      async (_, name) => {
        const begun = await begin('photo.png');
        const answer = await stage.http.call('POST', '/api/assets', {
          token: stage.token,
          body: {
            name,
            project_id: stage.projectId,
            file_key: begun.body['file_key'],
            file_size: 10,
            content_type: 'image/png',
          },
        });
        expectRefusal(answer, 400, 'invalid_request');
      },
    );

    test.each(['text/html; charset=utf-8\r\nx-evil: 1', 'image/png\u0000', '../png', '', 'x'.repeat(300)])(
      'of a type, %j, is refused',
      async (content_type) => {
        const answer = await stage.http.call('POST', '/api/assets/upload-url', {
          token: stage.token,
          body: { project_id: stage.projectId, file_name: 'a.png', file_size: 10, content_type },
        });
        expectRefusal(answer, 400, 'invalid_request');
      },
    );
  },
  storageForTests().slice(0, 1),
);
