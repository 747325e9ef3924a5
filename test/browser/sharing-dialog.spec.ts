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
  type Visitor,
} from './browser-stage';

describe('sharing in a browser', () => {
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
    await openAsset(page, 'coast.jpg');
    await page.getByRole('button', { name: 'Share', exact: true }).click();
  });

  afterEach(async () => {
    await visitor.leave();
  });

  const dialog = () => visitor.page.getByRole('dialog', { name: 'Share coast.jpg' });

  async function makeLink(limits: { downloads?: string; password?: string } = {}): Promise<string> {
    if (limits.downloads) await dialog().getByRole('textbox', { name: 'Downloads' }).fill(limits.downloads);
    if (limits.password) await dialog().getByRole('textbox', { name: 'Password' }).fill(limits.password);
    await dialog().getByRole('button', { name: 'Make a link' }).click();
    await dialog().getByRole('button', { name: 'Copy link' }).click();
    await dialog().getByText('Link', { exact: true }).first().waitFor();
    return visitor.page.evaluate(() => navigator.clipboard.readText());
  }

  const download = (link: string, body: object) =>
    fetch(`${stage.url}/api/s/${link.split('/').at(-1)}/download`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  test('a link opens the file as often as it says, with its password, until it is revoked', async () => {
    const link = await makeLink({ downloads: '2', password: 'red buoy' });
    expect((await download(link, {})).status).toBe(401);
    const answer = (await (await download(link, { password: 'red buoy' })).json()) as { url: string };
    expect((await bytesAt(answer.url)).equals(await fixtures.coast.read())).toBe(true);
    await dialog().getByRole('button', { name: 'Revoke this link' }).click();
    await dialog().getByText('With nobody outside the project.').waitFor();
    expect((await download(link, { password: 'red buoy' })).ok).toBe(false);
  });

  test('a link without limits has a QR code', async () => {
    const link = await makeLink();
    expect(link).toContain('/s/');
    await dialog().getByRole('button', { name: 'Show its QR code' }).click();
    const code = dialog().getByRole('img', { name: 'QR code of the link to coast.jpg' });
    await code.waitFor();
    expect(
      await code.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
    ).toBeGreaterThan(0);
  });

  test('limits that make no sense are said beside their fields', async () => {
    await dialog().getByRole('textbox', { name: 'Downloads' }).fill('many');
    await dialog().getByRole('button', { name: 'Make a link' }).click();
    await dialog().getByText('Enter a whole number').waitFor();
    expect(await dialog().getByRole('button', { name: 'Copy link' }).count()).toBe(0);
  });

  test('a person finds what was shared with them, and nothing else of the project', async () => {
    const guest = await stage.newVisitor();
    const email = await signUp(guest.page);
    await dialog().getByRole('textbox', { name: 'With a person' }).fill(email);
    await dialog().getByRole('button', { name: 'Share', exact: true }).click();
    await dialog().getByRole('list', { name: 'Shares' }).getByText(email).waitFor();
    await guest.page.getByText('No projects yet').waitFor();
    await guest.page.goto('/#/app/shared');
    await guest.page.getByRole('button', { name: 'coast.jpg' }).click();
    const image = guest.page.getByRole('dialog').getByRole('img', { name: 'coast.jpg' });
    await image.waitFor();
    const width = await image.evaluate(async (element: HTMLImageElement) => {
      await element.decode();
      return element.naturalWidth;
    });
    expect(width).toBe(1800);
    await guest.leave();
  });
});
