import { type BrowserStage, createProject, signUp, startBrowserStage, type Visitor } from './browser-stage';

describe('API keys in a browser', () => {
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
    await visitor.page.goto('/#/app/settings');
    await visitor.page.getByRole('button', { name: 'New key' }).click();
  });

  afterEach(async () => {
    await visitor.leave();
  });

  const projectsBy = (key: string) => fetch(`${stage.url}/api/projects`, { headers: { 'x-api-key': key } });

  test('a key is shown once, opens what was ticked, and nothing after it is revoked', async () => {
    const { page } = visitor;
    await page.getByRole('textbox', { name: 'What is it for?' }).fill('Nightly backup');
    await page.getByRole('checkbox', { name: 'See projects' }).check();
    await page.getByRole('button', { name: 'Make key' }).click();
    const key = await page.getByText(/^slw_\S{20,}$/).textContent();
    expect((await projectsBy(String(key))).status).toBe(200);
    await page.reload();
    await page.getByRole('list', { name: 'API keys' }).getByText('Nightly backup').waitFor();
    expect(await page.getByText(String(key)).count()).toBe(0);
    await page.getByRole('button', { name: 'Revoke Nightly backup' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('You have no keys.').waitFor();
    expect((await projectsBy(String(key))).status).toBe(401);
  });

  test('a key for nothing is not made', async () => {
    const { page } = visitor;
    await page.getByRole('checkbox', { name: 'See files' }).uncheck();
    await page.getByRole('button', { name: 'Make key' }).click();
    await page.getByText('Say what the key is for.').waitFor();
    await page.getByText('Choose at least one.').waitFor();
    expect(await page.getByRole('checkbox', { name: 'Run the installation' }).count()).toBe(0);
  });
});
