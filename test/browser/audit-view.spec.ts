import { readFile } from 'node:fs/promises';
import { fixtures } from '../support/fixtures';
import {
  type BrowserStage,
  chooseFiles,
  createProject,
  openAsset,
  published,
  signUp,
  startBrowserStage,
  type Visitor,
} from './browser-stage';

describe('the activity of files in a browser', () => {
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
    const { page } = visitor;
    await signUp(page);
    await createProject(page, 'Harbour survey');
    await chooseFiles(page, fixtures.coast.path);
    await published(page, 'coast.jpg');
  });

  afterEach(async () => {
    await visitor.context.close();
  });

  test('whoever opened a file is named, newest first', async () => {
    const { page } = visitor;
    await openAsset(page, 'coast.jpg');
    await page.getByRole('button', { name: 'Copy signed link' }).click();
    await page.getByText('Link copied').waitFor();
    await page.getByRole('button', { name: 'Activity' }).click();
    const entries = page.getByRole('list', { name: 'Activity' }).getByRole('listitem');
    await entries.first().waitFor();
    expect(await entries.first().textContent()).toContain('You got a link to the file');
    await page
      .getByRole('list', { name: 'Activity' })
      .getByText(/uploaded the file/)
      .waitFor();
  });

  test('an owner takes the activity of a project along', async () => {
    const { page } = visitor;
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByText(/uploaded the file/).waitFor();
    const begun = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const download = await begun;
    expect(download.suggestedFilename()).toBe('Harbour survey activity.csv');
    const [head = '', ...lines] = (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/);
    expect(head).toContain('action');
    expect(lines.join('\n')).toContain('uploaded');
  });
});
