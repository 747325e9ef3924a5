import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type AcceptanceStage, type Person, startProduct } from '../support/acceptance-stage';
import { launchChromium } from '../support/chromium';
import { asFile, pngFile, textFile, type TestFile } from '../support/test-files';

const PASSWORD = 'open sesame';

/** As a phone shows it. */
const PHONE = { viewport: { width: 375, height: 740 }, hasTouch: true, isMobile: true };

describe('the pages for people without an account', () => {
  let product: AcceptanceStage;
  let browser: Browser;
  let person: Person;

  beforeAll(async () => {
    product = await startProduct();
    browser = await launchChromium();
    person = await product.newPerson();
  });

  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  async function call(method: string, path: string, body: object): Promise<Record<string, unknown>> {
    const headers = { authorization: `Bearer ${person.token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${product.url}/api${path}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  }

  /** A published asset of the file. */
  async function store(file: TestFile): Promise<string> {
    const { id } = await person.client.uploadFile({ projectId: person.projectId, file: asFile(file) });
    while ((await person.client.assets.get(id)).status === 'Processing') await sleep(50);
    return id;
  }

  async function share(assetId: string, limits: object = {}): Promise<string> {
    const { url } = await call('POST', `/assets/${assetId}/shares`, { kind: 'link', ...limits });
    return String(url);
  }

  /** Somebody with a browser of their own; fails when that has anything to complain of but what is `expected`. */
  async function visit(
    address: string,
    work: (page: Page) => Promise<void>,
    { expected, ...options }: BrowserContextOptions & { expected?: RegExp } = {},
  ): Promise<void> {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !expected?.test(message.text())) complaints.push(message.text());
    });
    await page.goto(address);
    await work(page);
    await context.close();
    expect(complaints).toEqual([]);
  }

  async function bytesOf(page: Page, press: () => Promise<void>): Promise<{ name: string; body: Buffer }> {
    const [download] = await Promise.all([page.waitForEvent('download'), press()]);
    return { name: download.suggestedFilename(), body: await readFile(await download.path()) };
  }

  const isDrawn = (page: Page) =>
    page.waitForFunction(() => (document.querySelector('img')?.naturalWidth ?? 0) > 0);

  const overflow = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

  test('show a picture and give it, byte for byte', async () => {
    const file = await pngFile();
    await visit(await share(await store(file)), async (page) => {
      await isDrawn(page);
      await page.getByRole('heading', { name: file.name }).waitFor();
      const { name, body } = await bytesOf(page, () =>
        page.getByRole('button', { name: 'Download' }).click(),
      );
      expect([name, body.equals(file.body)]).toEqual([file.name, true]);
      await page.getByText('The download has begun.').waitFor();
      await page.getByText('QR code of this page').click();
      await page.locator('.qr svg').waitFor();
    });
  });

  test('count down, end, and say so', async () => {
    const address = await share(await store(textFile('hello')), { max_downloads: 2 });
    await visit(address, async (page) => {
      await page.getByText('2 downloads left').waitFor();
      const press = () => page.getByRole('button', { name: 'Download' }).click();
      await bytesOf(page, press);
      await page.getByText('1 download left').waitFor();
      await bytesOf(page, press);
      await page.getByText('No downloads left').waitFor();
      expect(await page.getByRole('button', { name: 'Download' }).count()).toBe(0);
    });
    await visit(
      address,
      (page) => page.getByRole('heading', { name: 'This link has been used up' }).waitFor(),
      { expected: /status of 410/ },
    );
  });

  test('ask for a password, by keyboard alone', async () => {
    const file = await pngFile();
    const address = await share(await store(file), { password: PASSWORD, max_downloads: 5 });
    await visit(
      address,
      async (page) => {
        expect(await page.content()).not.toContain('noise');
        await page.getByLabel('Password').waitFor();
        // The field has the focus when the page opens.
        await page.keyboard.type('wrong');
        await page.keyboard.press('Enter');
        await page.getByRole('alert').filter({ hasText: 'This is not the password.' }).waitFor();
        await page.keyboard.type(PASSWORD);
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'noise.png' }).waitFor();
        await page.keyboard.press('Tab');
        const { body } = await bytesOf(page, () => page.keyboard.press('Enter'));
        expect(body.equals(file.body)).toBe(true);
        await page.getByText('4 downloads left').waitFor();
      },
      { expected: /status of 401/ },
    );
  });

  test.each(['light', 'dark'] as const)('fit a phone, %s', async (colorScheme) => {
    const id = await store(
      textFile('hello', `${'a very long name without a space'.replaceAll(' ', '_').repeat(3)}.txt`),
    );
    for (const limits of [{}, { password: PASSWORD }]) {
      await visit(
        await share(id, limits),
        async (page) => {
          expect(await overflow(page)).toBe(0);
          const { height } = (await page.getByRole('button').boundingBox()) ?? { height: 0 };
          expect(height).toBeGreaterThanOrEqual(44);
        },
        { ...PHONE, colorScheme },
      );
    }
  });

  test('run nothing that a name says', async () => {
    const name = `"><img src=x onerror=document.title='run'><script>document.title='run'<∕script>`;
    const id = await store(textFile('hello'));
    await call('PATCH', `/assets/${id}`, { name });
    await visit(await share(id), async (page) => {
      await page.getByRole('heading', { name }).waitFor();
      expect(await page.title()).toBe(name);
      expect(await page.locator('img').count()).toBe(0);
    });
  });

  test('send nobody the address of the page', async () => {
    const referrers: string[] = [];
    await visit(await share(await store(await pngFile())), async (page) => {
      page.on('request', (request) => referrers.push(request.headers()['referer'] ?? ''));
      await page.reload();
      await isDrawn(page);
      await bytesOf(page, () => page.getByRole('button', { name: 'Download' }).click());
    });
    expect(referrers.length).toBeGreaterThan(3);
    expect(new Set(referrers)).toEqual(new Set(['']));
  });

  test.each([{}, PHONE])('show a gallery of what is public (%j)', async (options) => {
    const [shown, hidden] = [await store(await pngFile()), await store(textFile('secret', 'hidden.txt'))];
    await call('PATCH', `/assets/${shown}`, { is_public: true });
    const slug = `harbour-${Object.keys(options).length}`;
    const { url } = await call('PUT', `/projects/${person.projectId}/gallery`, { slug });
    await visit(
      String(url),
      async (page) => {
        await page.getByRole('heading', { name: 'Harbour' }).waitFor();
        await isDrawn(page);
        expect([await page.content(), hidden]).not.toContain('hidden.txt');
        expect(await overflow(page)).toBe(0);
        const [opened] = await Promise.all([
          page.waitForEvent('popup'),
          page.getByRole('link', { name: 'noise.png' }).first().click(),
        ]);
        await opened.waitForLoadState();
        expect(await opened.evaluate(() => document.contentType)).toBe('image/png');
      },
      options,
    );
  });
});
