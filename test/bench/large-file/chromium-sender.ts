import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { launchChromium } from '../../support/chromium';
import type { Job, Sender, Sent } from './sender';

const HERE = join(process.cwd(), 'test/bench/large-file');
const SDK = join(process.cwd(), 'libs/sdk/dist');
const TYPES: Record<string, string> = { html: 'text/html', mjs: 'text/javascript', js: 'text/javascript' };

/** Serves the page and the SDK as it is published. A fixed list of folders, and only names of files in them. */
export async function serveBenchPage(): Promise<{ origin: string; server: Server }> {
  const answer = async (path: string, response: ServerResponse): Promise<void> => {
    const folder = path.startsWith('/sdk/') ? SDK : HERE;
    const body = await readFile(join(folder, basename(path))).catch(() => null);
    response.statusCode = body === null ? 404 : 200;
    response.setHeader('content-type', TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'text/plain');
    response.end(body);
  };
  const server = createServer(({ url }, response) => {
    void answer(url === undefined || url === '/' ? '/page.html' : url, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

async function rendererPid(browser: CDPSession): Promise<number> {
  const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer');
  // The page's own, not the spare one that Chromium keeps warm.
  return renderers.toSorted((one, other) => other.cpuTime - one.cpuTime)[0]?.id ?? 0;
}

const sendIn = (page: Page, job: Job): Promise<Sent> =>
  page.evaluate((given) => (window as unknown as { send(job: unknown): Promise<Sent> }).send(given), job);

export async function startChromiumSender(origin: string): Promise<Sender> {
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(origin);
  const pid = await rendererPid(await browser.newBrowserCDPSession());
  return {
    name: 'Chromium',
    pid: () => pid,
    async send(path, job) {
      // A new document each time: nothing of an earlier file is left in it.
      await page.reload();
      await page.getByLabel('File').setInputFiles(path);
      return sendIn(page, job);
    },
    close: () => browser.close(),
  };
}
