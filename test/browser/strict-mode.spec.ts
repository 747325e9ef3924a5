import type { Page } from 'playwright-core';
import { type BrowserStage, startBrowserStage, type Visitor } from './browser-stage';
import { buildStrictPage } from './strict-page/build-strict-page';
import type { StrictPage } from './strict-page/strict-page';

describe("the SDK's queue under React's StrictMode", () => {
  let stage: BrowserStage;
  let script: string;
  let visitor: Visitor;

  beforeAll(async () => {
    [stage, script] = await Promise.all([startBrowserStage(), buildStrictPage()]);
  });

  afterAll(async () => {
    await stage?.stop();
  });

  beforeEach(async () => {
    visitor = await stage.newVisitor();
    const { page } = visitor;
    // In the document that the product delivers, and under its Content-Security-Policy, another script runs instead.
    await page.route('**/assets/index-*.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: script }),
    );
    await page.reload();
    await page.getByText('0 files').waitFor();
  });

  afterEach(async () => {
    await visitor.leave();
  });

  const ask = <T>(page: Page, question: (asked: StrictPage) => T): Promise<T> =>
    page.evaluate(`(${question.toString()})(window.page)`);

  test('each file is sent once, and uploads go on while no component shows them', async () => {
    const { page } = visitor;
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const sent: string[] = [];
    const completed: string[] = [];
    page.on('requestfinished', (request) => {
      const { pathname } = new URL(request.url());
      if (request.method() === 'PUT') sent.push(pathname);
      if (request.method() === 'POST' && pathname === '/api/assets') completed.push(pathname);
    });
    await page.route('**/api/assets/upload-url', async (route) => {
      await held;
      await route.continue();
    });
    expect(await ask(page, ({ mounts }) => mounts)).toBe(2);
    await ask(page, (asked) => asked.add(5));
    await page.getByText('5 files, 0 done').waitFor();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByText('5 files').waitFor({ state: 'detached' });
    release();
    while (completed.length < 5) await page.waitForTimeout(50);
    await page.getByRole('button', { name: 'Come back' }).click();
    await page.getByText('5 files, 5 done').waitFor();
    expect(await ask(page, ({ mounts }) => mounts)).toBe(4);
    expect([sent.length, new Set(sent).size, completed.length]).toEqual([5, 5, 5]);
  });

  test('10,000 files are drawn in a few goes, and a row with its own file only', async () => {
    const { page } = visitor;
    await ask(page, (asked) => {
      asked.pauseAll();
      asked.add(10_000);
    });
    await page.getByText('10000 files').waitFor();
    expect(await ask(page, ({ drawings }) => drawings)).toBeLessThan(10);
    const before = await ask(page, ({ rows }) => ({ ...rows }));
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('2.txt done').waitFor();
    await page.getByRole('button', { name: 'Abort' }).click();
    await page.getByText('9999.txt aborted').waitFor();
    const after = await ask(page, ({ rows }) => ({ ...rows }));
    expect(after['0.txt']).toBeGreaterThan(before['0.txt'] ?? 0);
    expect(after['9999.txt']).toBe((before['9999.txt'] ?? 0) + 1);
    const told = (await page.locator('output').textContent()) ?? '';
    const [, done = '', aborted = ''] = /(\d+) done, (\d+) aborted/.exec(told) ?? [];
    expect(Number(done) + Number(aborted)).toBe(10_000);
  });
});
