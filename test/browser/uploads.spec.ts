import sharp from 'sharp';
import { type Fixture, fixtures } from '../support/fixtures';
import {
  type BrowserStage,
  bytesAt,
  chooseFiles,
  createProject,
  openAsset,
  published,
  signUp,
  startBrowserStage,
  thumbnailOf,
  tile,
  type Visitor,
} from './browser-stage';

const MIB = 1024 * 1024;

describe('uploads in a browser', () => {
  let stage: BrowserStage;
  let visitor: Visitor;

  beforeAll(async () => {
    stage = await startBrowserStage();
  });

  afterAll(async () => {
    await stage?.stop();
  });

  beforeEach(async () => {
    visitor = await stage.newVisitor();
    await signUp(visitor.page);
    await createProject(visitor.page, 'Harbour survey');
  });

  afterEach(async () => {
    await visitor.context.close();
  });

  /** Mean colour of a horizontal band of a picture. */
  async function band(picture: Buffer, from: number, to: number) {
    const { width, height } = await sharp(picture).metadata();
    const area = { left: 0, top: Math.round(height * from), width, height: Math.round(height * (to - from)) };
    const { channels } = await sharp(await sharp(picture).extract(area).png().toBuffer()).stats();
    const [red = 0, green = 0, blue = 0] = channels.map(({ mean }) => mean);
    return { red, green, blue, light: (red + green + blue) / 3 };
  }

  async function openedBytes(name: string): Promise<Buffer> {
    const { page } = visitor;
    await openAsset(page, name);
    const href = await page.getByRole('link', { name: 'Open' }).getAttribute('href');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    return bytesAt(String(href));
  }

  test('real files become assets whose access URLs give back the same bytes', async () => {
    const { page, complaints } = visitor;
    const files: Fixture[] = Object.values(fixtures);
    await chooseFiles(
      page,
      files.map(({ path }) => path),
    );
    for (const { name } of files) await published(page, name);
    for (const file of files) {
      const opened = await openedBytes(file.name);
      expect(opened.equals(await file.read())).toBe(true);
    }
    expect(complaints).toEqual([]);
  });

  test('photos, PNG and WebP get thumbnails that can be decoded and fit 400 × 300', async () => {
    const { page, complaints } = visitor;
    const pictures = [fixtures.portrait, fixtures.coast, fixtures.porthole, fixtures.dusk];
    await chooseFiles(
      page,
      pictures.map(({ path }) => path),
    );
    for (const { name } of pictures) {
      const { width, height } = await sharp(await bytesAt(await thumbnailOf(page, name))).metadata();
      expect(width).toBeLessThanOrEqual(400);
      expect(height).toBeLessThanOrEqual(300);
      expect(Math.max(width / 400, height / 300)).toBe(1);
    }
    expect(complaints).toEqual([]);
  });

  test('a photo with EXIF orientation stands upright, in the thumbnail and in the lightbox', async () => {
    const { page } = visitor;
    await chooseFiles(page, fixtures.portrait.path);
    const thumbnail = await bytesAt(await thumbnailOf(page, 'portrait.jpg'));
    expect(await sharp(thumbnail).metadata()).toMatchObject({ width: 225, height: 300 });
    const [sky, sea] = [await band(thumbnail, 0, 0.5), await band(thumbnail, 0.85, 1)];
    expect(sky.light).toBeGreaterThan(sea.light + 20);
    expect(sky.red - sky.blue).toBeGreaterThan(sea.red - sea.blue + 20);
    await openAsset(page, 'portrait.jpg');
    await page.getByText('1080 × 1440').waitFor();
  });

  test('what has no picture gets a placeholder of its kind', async () => {
    const { page } = visitor;
    await chooseFiles(page, [fixtures.hand.path, fixtures.survey.path]);
    await published(page, 'left.glb');
    await published(page, 'survey.pdf');
    await tile(page, 'left.glb').locator('[data-kind=model]').waitFor();
    await tile(page, 'survey.pdf').locator('[data-kind=pdf]').waitFor();
    expect(await page.locator('[data-kind]').count()).toBe(2);
  });

  test('a preview is there before the upload has ended, and its place is never empty until the thumbnail', async () => {
    const { page } = visitor;
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/api/assets', async (route) => {
      if (route.request().method() === 'POST') await held;
      await route.continue();
    });
    await chooseFiles(page, fixtures.coast.path);
    const preview = tile(page, 'coast.jpg').locator('img[src^="blob:"]');
    await preview.waitFor();
    // From here on every frame must show a picture in the tile.
    await page.evaluate(() => {
      const state = { empty: 0, frames: 0 };
      Object.assign(window, { watched: state });
      const look = () => {
        const images = [...document.querySelectorAll('ul[aria-label=Files] img')];
        const drawn = images.some(
          (image) =>
            image instanceof HTMLImageElement &&
            image.naturalWidth > 0 &&
            getComputedStyle(image).opacity === '1',
        );
        state.frames += 1;
        if (!drawn) state.empty += 1;
        requestAnimationFrame(look);
      };
      look();
    });
    release();
    await thumbnailOf(page, 'coast.jpg');
    await preview.waitFor({ state: 'detached' });
    const watched = await page.evaluate(
      () => (window as unknown as { watched: { empty: number; frames: number } }).watched,
    );
    expect(watched.frames).toBeGreaterThan(1);
    expect(watched.empty).toBe(0);
  });

  test('an upload cancelled half-way leaves nothing behind', async () => {
    const { page, context } = visitor;
    const network = await context.newCDPSession(page);
    await network.send('Network.enable');
    const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: MIB };
    await network.send('Network.emulateNetworkConditions', slow);
    const begun = page.waitForResponse('**/api/assets/upload-url');
    const ended = page.waitForResponse((response) => response.request().method() === 'DELETE');
    await chooseFiles(page, {
      name: 'large.bin',
      mimeType: 'application/octet-stream',
      buffer: Buffer.alloc(12 * MIB, 'tide'),
    });
    const { asset_id: assetId, file_key: fileKey } = (await (await begun).json()) as {
      asset_id: string;
      file_key: string;
    };
    const progress = page.getByRole('progressbar', { name: 'large.bin' });
    await page.waitForFunction(
      (bar) => (bar as HTMLProgressElement).value >= 5,
      await progress.elementHandle(),
    );
    await page.getByRole('button', { name: 'Cancel large.bin' }).click();
    const answer = await ended;
    expect([answer.status(), new URL(answer.url()).pathname]).toEqual([204, `/api/uploads/${assetId}`]);
    await tile(page, 'large.bin').waitFor({ state: 'detached' });
    await page.getByText('Drop your first files here').waitFor();
    const projectId = page.url().split('/').at(-1);
    const authorization = String((await answer.request().allHeaders())['authorization']);
    const api = (path: string, init: RequestInit = {}) =>
      fetch(new URL(`/api${path}`, stage.url), {
        ...init,
        headers: { authorization, 'content-type': 'application/json' },
      });
    const body = {
      name: 'large.bin',
      project_id: projectId,
      file_key: fileKey,
      file_size: 12 * MIB,
      content_type: 'application/octet-stream',
    };
    const late = await api('/assets', { method: 'POST', body: JSON.stringify(body) });
    expect([late.status, ((await late.json()) as { code: string }).code]).toEqual([410, 'upload_cancelled']);
    expect(await (await api(`/assets?project_id=${projectId}`)).json()).toMatchObject({ data: [] });
  });

  test('a file that is not what its name says is refused in words, and its neighbour is not held up', async () => {
    const { page } = visitor;
    const page404 = Buffer.from('<!doctype html><html><body><h1>Not found</h1></body></html>');
    await chooseFiles(page, [
      { name: 'logo.png', mimeType: 'image/png', buffer: page404 },
      { name: 'dusk.webp', mimeType: 'image/webp', buffer: await fixtures.dusk.read() },
    ]);
    const tray = page.getByRole('region', { name: 'Uploads' });
    await tray.getByText('What is inside is not what the name says').waitFor();
    await published(page, 'dusk.webp');
    await tile(page, 'logo.png').getByText('Not uploaded').waitFor();
    expect(await tray.getByRole('button', { name: 'Try logo.png again' }).count()).toBe(0);
    await tray.getByRole('button', { name: 'Remove logo.png' }).click();
    await tile(page, 'logo.png').waitFor({ state: 'detached' });
  });

  test('a file that was refused goes through when it is tried again', async () => {
    const { page } = visitor;
    let broken = true;
    await page.route('**/api/assets/upload-url', (route) =>
      broken
        ? route.fulfill({
            status: 403,
            contentType: 'application/problem+json',
            body: '{"code":"forbidden"}',
          })
        : route.continue(),
    );
    await chooseFiles(page, fixtures.dusk.path);
    await page.getByText('You may not do this.').waitFor();
    broken = false;
    await page.getByRole('button', { name: 'Try dusk.webp again' }).click();
    await published(page, 'dusk.webp');
    expect(await openedBytes('dusk.webp')).toEqual(await fixtures.dusk.read());
  });

  test('a broken photo stays an asset, and the lightbox says why it has no thumbnail', async () => {
    const { page } = visitor;
    const whole = await fixtures.coast.read();
    await chooseFiles(page, {
      name: 'half.jpg',
      mimeType: 'image/jpeg',
      buffer: whole.subarray(0, whole.length / 2),
    });
    await published(page, 'half.jpg');
    await openAsset(page, 'half.jpg');
    await page.getByText('No thumbnail.').waitFor();
    const note = await page.getByRole('note').textContent();
    expect(note).toContain('The file is stored as it was sent');
  });

  test('the lightbox of a picture that no browser can draw says so instead of staying empty', async () => {
    const { page } = visitor;
    const start = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
    await chooseFiles(page, { name: 'start.jpg', mimeType: 'image/jpeg', buffer: start });
    await published(page, 'start.jpg');
    await openAsset(page, 'start.jpg');
    const lightbox = page.getByRole('dialog', { name: 'start.jpg' });
    await lightbox.getByText('This picture cannot be shown').waitFor();
    expect(await lightbox.getByRole('img', { name: 'start.jpg' }).count()).toBe(0);
  });

  test('the browser asks before a page is left whose uploads are under way, and only then', async () => {
    const { page } = visitor;
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await page.route('**/api/assets/upload-url', () => undefined);
    await chooseFiles(page, fixtures.dusk.path);
    await tile(page, 'dusk.webp').getByText('Uploading').waitFor();
    await page.reload();
    expect(asked).toEqual(['beforeunload']);
    await page.getByText('Drop your first files here').waitFor();
    await page.reload();
    expect(asked).toEqual(['beforeunload']);
  });

  test('files dropped anywhere on the page are uploaded, and so are pasted pictures', async () => {
    const { page } = visitor;
    const drop = async (type: string, event: 'drop' | 'paste') => {
      const base64 = (await fixtures.porthole.read()).toString('base64');
      await page.evaluate(
        ([data, kind, name]) => {
          const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
          const transfer = new DataTransfer();
          transfer.items.add(new File([bytes], name, { type: 'image/png' }));
          const target = document.querySelector('main') ?? document.body;
          const options = { bubbles: true, cancelable: true };
          if (kind === 'paste')
            target.dispatchEvent(new ClipboardEvent('paste', { ...options, clipboardData: transfer }));
          else
            for (const step of ['dragenter', 'dragover', 'drop'])
              target.dispatchEvent(new DragEvent(step, { ...options, dataTransfer: transfer }));
        },
        [base64, event, type] as const,
      );
    };
    await drop('dropped.png', 'drop');
    await published(page, 'dropped.png');
    await drop('image.png', 'paste');
    await published(page, 'Pasted ');
    expect(await openedBytes('dropped.png')).toEqual(await fixtures.porthole.read());
  });

  test('uploads go on while another page is looked at', async () => {
    const { page } = visitor;
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    await page.route('**/api/assets/upload-url', async (route) => {
      await held;
      await route.continue();
    });
    await chooseFiles(page, fixtures.dusk.path);
    await page.getByRole('link', { name: 'All projects', exact: true }).click();
    await page.getByRole('heading', { name: 'Projects', exact: true }).waitFor();
    release();
    await page.getByRole('region', { name: 'Uploads' }).getByText('1 file uploaded').waitFor();
    await page.getByRole('link', { name: 'Harbour survey' }).click();
    await published(page, 'dusk.webp');
    expect(await openedBytes('dusk.webp')).toEqual(await fixtures.dusk.read());
  });
});
