import { describeHttp } from '../../support/describe-http';
import { begin, complete, send } from '../../support/upload-steps';
import type { Bytes, TestFile } from '../../support/test-files';
import { expectRefusal } from './refusal';

const bytesOf = (text: string): Bytes => Buffer.from(text);

const HTML = bytesOf('<!doctype html><script>alert(document.domain)</script>');
const SVG = bytesOf('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
const XML = bytesOf('<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><a/>');

/** What would run as the storage's origin, were it shown there. */
const RUNS: [contentType: string, name: string, body: Bytes][] = [
  ['text/html', 'page.html', HTML],
  ['application/xhtml+xml', 'page.xhtml', HTML],
  ['image/svg+xml', 'picture.svg', SVG],
  ['text/xml', 'feed.xml', XML],
  ['application/xml', 'feed.xml', XML],
  ['application/rss+xml', 'feed.rss', XML],
  ['application/mathml+xml', 'formula.mml', XML],
  ['model/x3d+xml', 'scene.x3d', XML],
  ['text/javascript', 'script.js', bytesOf('alert(1)')],
  ['application/javascript', 'script.js', bytesOf('alert(1)')],
  ['text/css', 'style.css', bytesOf('@import "//evil.example"')],
  ['text/xsl', 'style.xsl', XML],
  ['multipart/x-mixed-replace', 'stream', HTML],
  ['message/rfc822', 'mail.mhtml', HTML],
  ['application/octet-stream', 'thing', HTML],
  ['application/x-unheard-of', 'thing', HTML],
];

/** Markup that says it is a picture, and so on: refused for good, whatever the name says. */
const DISGUISED: [contentType: string, name: string, body: Bytes][] = [
  ['image/png', 'photo.png', HTML],
  ['image/jpeg', 'photo.jpg', SVG],
  ['application/pdf', 'paper.pdf', HTML],
];

const NAMES = [
  '"><img src=x onerror=alert(1)>.pdf',
  "x'; filename=evil.html;.pdf",
  '%0d%0aSet-Cookie: a=b.pdf',
];

describeHttp('markup that somebody stores', (stage) => {
  const upload = async (file: TestFile): Promise<string> => {
    const begun = await begin(stage.world, stage.user, { projectId: stage.project.id, file });
    expect(await send(begun, file.body)).toBe(200);
    return (await complete(stage.world, stage.user, begun.upload)).asset.id;
  };

  async function open(assetId: string, purpose: 'view' | 'download'): Promise<Response> {
    const token = await stage.http.signInAs(stage.user);
    const answer = await stage.http.call('POST', `/api/assets/${assetId}/access-url`, {
      token,
      body: { purpose },
    });
    const response = await fetch(String(answer.body['url']));
    await response.arrayBuffer();
    return response;
  }

  test.each(RUNS)('%s as %s is only ever saved, as bytes of no kind', async (contentType, name, body) => {
    const id = await upload({ name, contentType, body });
    for (const purpose of ['view', 'download'] as const) {
      const { status, headers } = await open(id, purpose);
      expect(status).toBe(200);
      expect(headers.get('content-disposition')).toMatch(/^attachment;/);
      expect(headers.get('content-type')).toBe('application/octet-stream');
    }
  });

  test.each(DISGUISED)('in %s as %s is refused', async (contentType, name, body) => {
    const file = { name, contentType, body };
    const begun = await begin(stage.world, stage.user, { projectId: stage.project.id, file });
    expect(await send(begun, body)).toBe(200);
    const answer = await stage.http.call('POST', '/api/assets', {
      token: await stage.http.signInAs(stage.user),
      body: {
        name,
        project_id: stage.project.id,
        file_key: begun.upload.fileKey,
        file_size: body.length,
        content_type: contentType,
      },
    });
    expectRefusal(answer, 422, 'content_mismatch');
  });

  test.each(NAMES)('in the name of a PDF, %s, stays inside the name', async (name) => {
    const body = bytesOf('%PDF-1.7\n%âãÏÓ\n1 0 obj<</JS(app.alert(1))>>endobj\n%%EOF');
    const id = await upload({ name, contentType: 'application/pdf', body });
    const { headers } = await open(id, 'download');
    const disposition = String(headers.get('content-disposition'));
    expect(disposition).toMatch(/^attachment; filename="[^"\\]*"; filename\*=UTF-8''[\w!#$&+.^`|~%-]*$/);
    expect(headers.get('set-cookie')).toBeNull();
  });
});
