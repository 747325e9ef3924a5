import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTestFolder } from '../support/test-folder';
import {
  type BrowserStage,
  chooseFiles,
  createProject,
  published,
  signUp,
  startBrowserStage,
  tile,
  type Visitor,
} from './browser-stage';

const MIB = 1024 * 1024;

describe('a large upload that somebody interrupts', () => {
  let stage: BrowserStage;
  let visitor: Visitor;
  let folder: Awaited<ReturnType<typeof makeTestFolder>>;
  let path: string;

  beforeAll(async () => {
    folder = await makeTestFolder('interrupted-upload');
    path = join(folder.path, 'boat.bin');
    await writeFile(path, randomBytes(40 * MIB));
    stage = await startBrowserStage();
  });

  afterAll(async () => {
    await stage?.stop();
    await folder?.remove();
  });

  test('says where it was paused, is asked for by name after a reload, and goes on by the button beside its name', async () => {
    visitor = await stage.newVisitor();
    const { page, context } = visitor;
    page.on('dialog', (dialog) => void dialog.accept());
    await signUp(page);
    await createProject(page, 'Harbour survey');
    const parts: string[] = [];
    page.on('requestfinished', (request) => {
      const part = new URL(request.url()).searchParams.get('partNumber');
      if (request.method() === 'PUT' && part !== null) parts.push(part);
    });
    const network = await context.newCDPSession(page);
    await network.send('Network.enable');
    const line = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 8 * MIB };
    await network.send('Network.emulateNetworkConditions', line);
    await chooseFiles(page, path);
    while (parts.length === 0) await page.waitForTimeout(50);
    const tray = page.getByRole('region', { name: 'Uploads' });
    await tray.getByRole('button', { name: 'Pause boat.bin' }).click();
    await tray.getByText(/40 MB · paused at \d+%/).waitFor();
    await tile(page, 'boat.bin').getByText('Paused').waitFor();

    await page.reload();
    const note = page.getByRole('region', { name: 'Interrupted uploads' });
    await note.getByText('1 upload was interrupted: choose boat.bin again to go on').waitFor();
    const picker = page.waitForEvent('filechooser');
    await note.getByRole('button', { name: 'Choose the file' }).click();
    await (await picker).setFiles(path);
    await note.waitFor({ state: 'detached' });
    await published(page, 'boat.bin');
    expect(await note.count()).toBe(0);
    expect(parts.length).toBe(new Set(parts).size);
    await context.close();
  });
});
