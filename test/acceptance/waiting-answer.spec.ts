import { describeProduct } from '../support/describe-product';
import { HttpPerson } from '../support/http-client';
import { pngFile, textFile } from '../support/test-files';

describeProduct('an answer that waits', (stage) => {
  let person: HttpPerson;

  beforeAll(async () => {
    person = await HttpPerson.join(stage.url);
  });

  test('has the thumbnail in it', async () => {
    const file = await pngFile();
    const begun = await person.begin(file);
    await person.put(begun, file.body);
    const { status, body } = await person.complete(begun, file, { prefer: 'wait=5' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      status: 'Published',
      thumbnail_url: expect.stringContaining('thumbnail.jpg?'),
    });
    const thumbnail = await fetch(String(body['thumbnail_url']));
    expect(thumbnail.headers.get('content-type')).toBe('image/jpeg');
    await thumbnail.arrayBuffer();
  });

  test('comes as soon as there is nothing to wait for', async () => {
    const file = textFile('hello');
    const begun = await person.begin(file);
    await person.put(begun, file.body);
    const { body } = await person.complete(begun, file, { prefer: 'wait=5' });
    expect(body).toMatchObject({ status: 'Published', thumbnail_url: null });
    const code = await fetch(String(body['qr_code_url']));
    expect(code.status).toBe(200);
    await code.arrayBuffer();
  });
});
