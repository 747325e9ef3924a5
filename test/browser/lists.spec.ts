import type { Asset } from '@slipway/sdk';
import { fixtures } from '../support/fixtures';
import {
  type BrowserStage,
  chooseFiles,
  createProject,
  published,
  signUp,
  startBrowserStage,
  thumbnailOf,
  tile,
  type Visitor,
} from './browser-stage';

describe('lists of assets in a browser', () => {
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

  test('a long list comes page by page as one scrolls, each asset once', async () => {
    const { page } = visitor;
    const files = Array.from({ length: 64 }, (_, index) => ({
      name: `sounding ${index}.txt`,
      mimeType: 'text/plain',
      buffer: Buffer.from(`Depth at ${index} m from the quay`),
    }));
    await chooseFiles(page, files);
    await page.getByText('64 files uploaded').first().waitFor({ timeout: 45_000 });
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'GET' && request.url().includes('/api/assets?')) asked.push(request.url());
    });
    await page.reload();
    const links = page.getByRole('list', { name: 'Files' }).getByRole('link');
    await links.nth(59).waitFor();
    expect(await links.count()).toBe(60);
    await page.mouse.wheel(0, 20_000);
    await links.nth(63).waitFor();
    const names = await links.allTextContents();
    expect(new Set(names)).toEqual(new Set(files.map(({ name }) => name)));
    expect(names).toHaveLength(64);
    expect(asked.filter((url) => url.includes('cursor='))).toHaveLength(1);
  });

  test('a thumbnail whose URL no longer opens is shown by a new one', async () => {
    const { page } = visitor;
    await chooseFiles(page, fixtures.coast.path);
    await published(page, 'coast.jpg');
    let lists = 0;
    await page.route('**/api/assets?*', async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as { data: Asset[] };
      lists += 1;
      if (lists > 1) return route.fulfill({ response });
      const spoil = (url: string | null) => url && url.replace(/(X-Amz-Signature=)\w{8}/, '$1deadbeef');
      const data = body.data.map((asset) => ({ ...asset, thumbnail_url: spoil(asset.thumbnail_url) }));
      return route.fulfill({ response, json: { ...body, data } });
    });
    // The storage's 403 is XML, which browsers do not hand to an image: the request fails.
    const refused = page.waitForEvent('requestfailed', (request) => request.url().includes('deadbeef'));
    await page.reload();
    await refused;
    await tile(page, 'coast.jpg').locator('[data-kind]').waitFor({ state: 'detached' });
    expect(await thumbnailOf(page, 'coast.jpg')).not.toContain('X-Amz-Signature=deadbeef');
    expect(lists).toBe(2);
  });

  test('nothing is asked for any more once all assets are done', async () => {
    const { page } = visitor;
    await chooseFiles(page, fixtures.coast.path);
    await published(page, 'coast.jpg');
    await thumbnailOf(page, 'coast.jpg');
    let calls = 0;
    page.on('request', (request) => {
      if (request.url().includes('/api/')) calls += 1;
    });
    await page.waitForTimeout(3000);
    expect(calls).toBe(0);
  });
});
