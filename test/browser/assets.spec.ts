import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { decodeQR } from 'qr/decode.js';
import sharp from 'sharp';
import { fixtures } from '../support/fixtures';
import {
  type BrowserStage,
  bytesAt,
  chooseFiles,
  createProject,
  openAsset,
  published,
  signUp,
  startBrowserStage,
  tile,
  type Visitor,
} from './browser-stage';

describe('assets in a browser', () => {
  let stage: BrowserStage;
  let visitor: Visitor;

  beforeAll(async () => {
    stage = await startBrowserStage();
  });

  afterAll(async () => {
    await stage?.stop();
  });

  /** A project with a photo, a picture and a model, in the order in which their uploads happened to end. */
  beforeEach(async () => {
    visitor = await stage.newVisitor();
    const { page } = visitor;
    await signUp(page);
    await createProject(page, 'Harbour survey');
    const files = [fixtures.hand, fixtures.dusk, fixtures.coast];
    await chooseFiles(
      page,
      files.map(({ path }) => path),
    );
    for (const { name } of files) await published(page, name);
  });

  afterEach(async () => {
    await visitor.leave();
  });

  const namesInGrid = (): Promise<string[]> =>
    visitor.page.getByRole('list', { name: 'Files' }).getByRole('link').allTextContents();

  async function readQrCode(dataUrl: string): Promise<string> {
    const picture = sharp(Buffer.from(String(dataUrl.split(',')[1]), 'base64'));
    const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    return decodeQR({ width: info.width, height: info.height, data });
  }

  const shownQrCode = async (name: string) => {
    const image = visitor.page.getByRole('img', { name: `QR code of ${name}` });
    await image.waitFor();
    return readQrCode(String(await image.getAttribute('src')));
  };

  test('the lightbox shows the whole photo and what is known of it', async () => {
    const { page } = visitor;
    await openAsset(page, 'coast.jpg');
    const image = page.getByRole('img', { name: 'coast.jpg' });
    await page.waitForFunction(
      (element) => (element as HTMLImageElement).naturalWidth === 1800,
      await image.elementHandle(),
    );
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1800 × 1200').waitFor();
    await dialog.getByText('261.4 KB').waitFor();
    const digest = await page.getByText(/^[0-9a-f]{16}…$/).getAttribute('title');
    expect(digest).toBe(
      createHash('sha256')
        .update(await fixtures.coast.read())
        .digest('hex'),
    );
  });

  test('a signed link is copied, opens without an account and gives the same bytes', async () => {
    const { page } = visitor;
    await openAsset(page, 'coast.jpg');
    await page.getByRole('button', { name: 'Copy signed link' }).click();
    await page.getByText(/Whoever has it can open the file until/).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect((await bytesAt(link)).equals(await fixtures.coast.read())).toBe(true);
  });

  test('a download saves the file under its name', async () => {
    const { page } = visitor;
    await openAsset(page, 'dusk.webp');
    const begun = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    const download = await begun;
    expect(download.suggestedFilename()).toBe('dusk.webp');
    const saved = await readFile(await download.path());
    expect(saved.equals(await fixtures.dusk.read())).toBe(true);
  });

  test('the QR codes of project and asset lead back to them', async () => {
    const { page } = visitor;
    const projectPage = page.url();
    await page.getByRole('button', { name: 'QR code' }).click();
    expect(await shownQrCode('Harbour survey')).toBe(projectPage);
    await page.keyboard.press('Escape');
    await openAsset(page, 'left.glb');
    await page.getByRole('dialog').getByRole('button', { name: 'QR code' }).click();
    const assetPage = await shownQrCode('left.glb');
    expect(assetPage).toBe(page.url());
    await page.goto('/');
    await page.getByRole('heading', { name: 'Projects', exact: true }).waitFor();
    await page.goto(assetPage);
    await page.getByRole('dialog', { name: 'left.glb' }).waitFor();
  });

  test('a deleted asset is gone from the grid and from the storage', async () => {
    const { page } = visitor;
    const [first = '', second = '', third = ''] = await namesInGrid();
    await openAsset(page, second);
    const href = String(await page.getByRole('link', { name: 'Open' }).getAttribute('href'));
    await page.getByRole('button', { name: 'Delete' }).click();
    const question = page.getByRole('dialog', { name: 'Delete this file?' });
    await question.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog', { name: third }).waitFor();
    await page.keyboard.press('Escape');
    await tile(page, second).waitFor({ state: 'detached' });
    expect(await namesInGrid()).toEqual([first, third]);
    await page.reload();
    await tile(page, third).waitFor();
    expect(await namesInGrid()).toEqual([first, third]);
    await expect(eventually(async () => (await fetch(href)).status, 404)).resolves.toBe(404);
  });

  test('keeping a file keeps it, and Escape closes one dialog at a time', async () => {
    const { page } = visitor;
    await openAsset(page, 'coast.jpg');
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog', { name: 'Delete this file?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Delete this file?' }).waitFor({ state: 'detached' });
    await page.getByRole('dialog', { name: 'coast.jpg' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await tile(page, 'coast.jpg').count()).toBe(1);
  });

  test('grid and lightbox work with the keyboard alone', async () => {
    const { page } = visitor;
    const [first = '', second = '', third = ''] = await namesInGrid();
    await page.getByRole('button', { name: 'Drop files anywhere' }).focus();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(first);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: first }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('dialog', { name: second }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('dialog', { name: third }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('dialog', { name: second }).waitFor();
    for (let press = 0; press < 30; press += 1) {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true);
    }
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(second);
  });

  test('the drop zone opens the file picker with a key', async () => {
    const { page } = visitor;
    // A fresh page: the lightbox of before gives the focus back a moment after it has closed.
    await page.reload();
    const panel = page.getByRole('button', { name: 'Drop files anywhere' });
    await panel.waitFor();
    const picker = page.waitForEvent('filechooser');
    await panel.press('Enter');
    await (await picker).setFiles(fixtures.porthole.path);
    await published(page, 'porthole.png');
    expect(await tile(page, 'porthole.png').count()).toBe(1);
  });
});

async function eventually<T>(look: () => Promise<T>, wanted: T): Promise<T> {
  const deadline = Date.now() + 15_000;
  let seen = await look();
  while (seen !== wanted && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    seen = await look();
  }
  return seen;
}
