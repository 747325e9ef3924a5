import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium';
import { sumAt, writeRandomFile } from '../support/random-file';
import { type SplitProduct, startSplitProduct } from '../support/split-product';
import { StorageGate } from '../support/storage-gate';
import { startStorageProcess, type StorageProcess } from '../support/storage-process';
import { makeTestFolder } from '../support/test-folder';
import { unfinishedUploads } from '../support/unfinished-uploads';
import {
  chooseFiles,
  createProject,
  newVisitor,
  published,
  signUp,
  tile,
  type Visitor,
} from './browser-stage';

const MIB = 1024 * 1024;
const NAME = 'survey.bin';
/** Thirteen parts of 8 MiB, the last one shorter. */
const SIZE = 100 * MIB;
const PARTS = Array.from({ length: 13 }, (_, index) => index + 1);
/** Of thirteen. */
const FORTY_PERCENT = 5;

/** What a browser says of a connection that a test has cut. */
const CUT_OFF = /net::ERR_(CONNECTION_(REFUSED|RESET|CLOSED)|EMPTY_RESPONSE|INTERNET_DISCONNECTED|FAILED)/;
const EXPIRED = /status of 403/;

describe('a file of 100 MiB in a browser', () => {
  let path: string;
  let sum: string;
  let storage: StorageProcess;
  let gate: StorageGate;
  let product: SplitProduct;
  let browser: Browser;
  let visitor: Visitor;
  let page: Page;
  /** As the page last showed it: its token is in no place where a test could look it up. */
  let authorization = '';
  const cleanups: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    path = join(await makeFolder(), NAME);
    sum = await writeRandomFile(path, SIZE);
    storage = await startStorageProcess();
    cleanups.push(() => storage.stop());
    gate = await StorageGate.start(storage.endpoint);
    cleanups.push(() => gate.close());
    product = await startSplitProduct(storage, { S3_PUBLIC_ENDPOINT: gate.url });
    cleanups.push(() => product.stop());
    await storage.admit(product.url);
    browser = await launchChromium();
    cleanups.push(() => browser.close());
  });

  afterAll(async () => {
    for (const cleanUp of cleanups.reverse()) await cleanUp();
  });

  beforeEach(async () => {
    visitor = await newVisitor(browser, product.url);
    ({ page } = visitor);
    page.on('request', (request) => {
      authorization = request.headers()['authorization'] ?? authorization;
    });
    page.on('dialog', (dialog) => void dialog.accept());
    await signUp(page);
    await createProject(page, 'Harbour survey');
  });

  afterEach(async () => {
    gate.release();
    await visitor.context.close();
  });

  async function makeFolder(): Promise<string> {
    const folder = await makeTestFolder('large-uploads');
    cleanups.push(() => folder.remove());
    return folder.path;
  }

  const tray = (of = page) => of.getByRole('region', { name: 'Uploads' });

  const trayToSay = (text: string | RegExp): Promise<void> => tray().getByText(text).waitFor();
  const press = (name: string): Promise<void> => tray().getByRole('button', { name }).click();

  const api = async <Answer>(apiPath: string): Promise<Answer> => {
    const response = await fetch(`${product.url}/api${apiPath}`, { headers: { authorization } });
    return (await response.json()) as Answer;
  };

  const projectId = (): string => page.url().split('/').at(-1) ?? '';

  async function chooseAndStopAfter(parts: number, chosen = path): Promise<void> {
    gate.holdAfter(parts);
    await chooseFiles(page, chosen);
    await gate.untilFull();
  }

  /** Of unfinished uploads, as the browser remembers them over a reload. */
  const remembered = (): Promise<number> =>
    page.evaluate(
      () =>
        new Promise<number>((resolve, reject) => {
          const opening = indexedDB.open('slipway', 1);
          opening.addEventListener('error', () => reject(opening.error));
          opening.addEventListener('success', () => {
            const count = opening.result.transaction('uploads').objectStore('uploads').count();
            count.addEventListener('success', () => {
              opening.result.close();
              resolve(count.result);
            });
          });
        }),
    );

  const reserved = async (): Promise<number> =>
    (await api<{ storage: { reserved: number } }>(`/projects/${projectId()}/usage`)).storage.reserved;

  async function expectFreed(project: string): Promise<void> {
    while ((await unfinishedUploads(storage, `projects/${project}/`)) > 0) await sleep(50);
  }

  /** One asset with the file's bytes, made of parts that each arrived once, and nothing left of the way there. */
  async function expectOneAsset(expectedSum = sum): Promise<void> {
    await published(page, NAME);
    const { data } = await api<{ data: { access_url: string }[] }>(`/assets?project_id=${projectId()}`);
    expect(data).toHaveLength(1);
    expect(await sumAt(String(data[0]?.access_url))).toBe(expectedSum);
    expect(gate.stored).toEqual(PARTS);
    expect([await remembered(), await reserved()]).toEqual([0, 0]);
    await expectFreed(projectId());
  }

  /** What the browser complained of, besides what the test has caused. */
  const complaintsBut = (caused: RegExp): string[] =>
    visitor.complaints.filter((complaint) => !caused.test(complaint));

  /** Goes on by itself; where patience ended before the part was back, there is a reason and a button. */
  async function expectOneAssetAfterOutage(): Promise<void> {
    const again = tray().getByRole('button', { name: `Try ${NAME} again` });
    const done = tile(page, NAME).getByText('Published');
    await again.or(done).first().waitFor();
    if (await again.isVisible()) {
      await trayToSay(/connection broke off|storage is down/);
      await again.click();
    }
    await expectOneAsset();
  }

  const untilItWaits = (): Promise<void> => trayToSay('trying again in a moment');

  test('goes on after a reload when it is chosen again, without sending again what is there', async () => {
    await chooseAndStopAfter(FORTY_PERCENT);
    await page.reload();
    gate.drop();
    await page.getByRole('region', { name: 'Interrupted uploads' }).getByText(NAME).waitFor();
    expect(await remembered()).toBe(1);
    await chooseFiles(page, path);
    await expectOneAsset();
    expect(visitor.complaints).toEqual([]);
  });

  test('starts anew after a reload when it has changed meanwhile, even where its name, size and date have not', async () => {
    const changed = join(await makeFolder(), NAME);
    await writeRandomFile(changed, SIZE);
    const date = new Date('2026-01-01T12:00:00Z');
    await utimes(changed, date, date);
    await chooseAndStopAfter(FORTY_PERCENT, changed);
    await page.reload();
    gate.drop();
    const newSum = await writeRandomFile(changed, SIZE);
    await utimes(changed, date, date);
    gate.holdAfter(Infinity);
    await chooseFiles(page, changed);
    await expectOneAsset(newSum);
    expect(visitor.complaints).toEqual([]);
  });

  test('goes on by itself when the network is back', async () => {
    await chooseAndStopAfter(FORTY_PERCENT);
    await visitor.context.setOffline(true);
    gate.drop();
    await trayToSay('waiting for the connection');
    await visitor.context.setOffline(false);
    await expectOneAsset();
    expect(complaintsBut(CUT_OFF)).toEqual([]);
  });

  test('outlives the API', async () => {
    // Far enough from the end that there are parts whose URLs only the next API can sign.
    await chooseAndStopAfter(1);
    await product.killApi();
    gate.release();
    await untilItWaits();
    await product.startApi();
    await expectOneAssetAfterOutage();
    expect(complaintsBut(CUT_OFF)).toEqual([]);
  });

  test('outlives the storage', async () => {
    await chooseAndStopAfter(FORTY_PERCENT);
    await storage.kill();
    gate.release();
    await untilItWaits();
    await storage.restart();
    await expectOneAssetAfterOutage();
    expect(complaintsBut(CUT_OFF)).toEqual([]);
  });

  test('is sent by one tab when two have it, and both end with its one asset', async () => {
    await chooseAndStopAfter(FORTY_PERCENT);
    const other = await visitor.context.newPage();
    await other.goto(page.url());
    await chooseFiles(other, path);
    await tray(other).getByText('trying again in a moment').waitFor();
    gate.release();
    await published(other, NAME);
    await tray(other).getByText('1 file uploaded').waitFor();
    await expectOneAsset();
    expect(visitor.complaints).toEqual([]);
  });

  test('stops at once when it is paused, and sends only what is missing when it goes on', async () => {
    await chooseAndStopAfter(FORTY_PERCENT);
    await press(`Pause ${NAME}`);
    await trayToSay(/paused at \d+%/);
    gate.drop();
    await sleep(500);
    expect(gate.stored).toHaveLength(FORTY_PERCENT);
    await press(`Go on with ${NAME}`);
    await expectOneAsset();
    expect(visitor.complaints).toEqual([]);
  });

  test('frees its parts and its bytes on the server when it is cancelled', async () => {
    await chooseAndStopAfter(FORTY_PERCENT);
    expect(await reserved()).toBe(SIZE);
    const told = page.waitForResponse((response) => response.request().method() === 'DELETE');
    await press(`Cancel ${NAME}`);
    expect((await told).status()).toBe(204);
    expect(await reserved()).toBe(0);
    await expectFreed(projectId());
    expect(await remembered()).toBe(0);
    expect(visitor.complaints).toEqual([]);
  });

  test('leaves nothing in the browser, and nothing on the server, when its person signs out', async () => {
    await chooseAndStopAfter(FORTY_PERCENT);
    const project = projectId();
    expect(await remembered()).toBe(1);
    await page.getByRole('button', { name: 'Account of Ada Lovelace' }).click();
    await page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await page.getByRole('heading', { name: 'Welcome aboard' }).waitFor();
    while ((await remembered()) > 0) await sleep(50);
    await expectFreed(project);
    expect(visitor.complaints).toEqual([]);
  });

  describe('with URLs that live for four seconds', () => {
    const LIFE_SECONDS = 4;

    beforeAll(async () => {
      await product.killApi();
      await product.startApi({ UPLOAD_EXPIRY_MINUTES: String(LIFE_SECONDS / 60) });
    });

    test('has those that ended in the middle signed again', async () => {
      await chooseAndStopAfter(FORTY_PERCENT);
      await sleep((LIFE_SECONDS + 1) * 1000);
      gate.release();
      await expectOneAsset();
      expect(gate.answers.map(({ status }) => status)).toContain(403);
      expect(complaintsBut(EXPIRED)).toEqual([]);
    });
  });
});
