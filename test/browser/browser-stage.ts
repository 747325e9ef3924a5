import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { type AcceptanceStage, startProduct } from '../support/acceptance-stage';
import { launchChromium } from '../support/chromium';

/** The product as `npm start` runs it, and a real browser in front of it. */
export interface BrowserStage {
  product: AcceptanceStage;
  url: string;
  newVisitor(options?: BrowserContextOptions): Promise<Visitor>;
  stop(): Promise<void>;
}

export interface Visitor {
  page: Page;
  context: BrowserContext;
  /** What the browser complained of so far: console errors, exceptions, refused content. */
  complaints: string[];
  /** Fails when the browser had anything to complain of. */
  leave(): Promise<void>;
}

export async function startBrowserStage(): Promise<BrowserStage> {
  const [product, browser] = await Promise.all([startProduct(), launchChromium()]);
  return {
    product,
    url: product.url,
    newVisitor: (options) => newVisitor(browser, product.url, options),
    async stop() {
      await browser.close();
      await product.stop();
    },
  };
}

/** Somebody with a browser profile of their own, at the product's door. */
export async function newVisitor(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    baseURL: url,
    ...options,
  });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  await page.goto('/');
  const leave = async () => {
    await context.close();
    if (complaints.length > 0) throw new Error(`The browser complained:\n${complaints.join('\n')}`);
  };
  return { page, context, complaints, leave };
}

let people = 0;

export const PASSWORD = 'correct horse';

/** Makes an account through the form; answers its email. */
export async function signUp(page: Page): Promise<string> {
  people += 1;
  const email = `person-${process.pid}-${people}@example.com`;
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Ada Lovelace');
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'Projects', exact: true }).waitFor();
  return email;
}

export async function createProject(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New project' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('button', { name: 'Create project' }).click();
  await page.getByRole('heading', { name }).waitFor();
}

type Files = Parameters<ReturnType<Page['locator']>['setInputFiles']>[0];

export const chooseFiles = (page: Page, files: Files): Promise<void> =>
  page.getByLabel('Files to upload').setInputFiles(files);

export const tile = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Files' }).getByRole('listitem').filter({ hasText: name });

/** Waits until the asset of this file is there and done; a phone has no room to say so, and hides it. */
export const published = (page: Page, name: string): Promise<void> =>
  tile(page, name).getByText('Published').waitFor({ state: 'attached' });

/** The signed address of the thumbnail that the tile shows, once it is drawn. */
export async function thumbnailOf(page: Page, name: string): Promise<string> {
  const picture = tile(page, name).locator('img[src^="http"]');
  await picture.waitFor();
  await page.waitForFunction(
    (image) => image instanceof HTMLImageElement && image.complete,
    await picture.elementHandle(),
  );
  return String(await picture.getAttribute('src'));
}

export async function bytesAt(url: string): Promise<Buffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} at ${url}`);
  return Buffer.from(await response.arrayBuffer());
}

/** Opens the file's lightbox by a click. */
export async function openAsset(page: Page, name: string): Promise<void> {
  await tile(page, name).getByRole('link').click();
  await page.getByRole('dialog', { name }).waitFor();
}
