import {
  type BrowserStage,
  createProject,
  PASSWORD,
  signUp,
  startBrowserStage,
  type Visitor,
} from './browser-stage';
import { followMailedLink } from './mailed-link';

describe('a session in a browser', () => {
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
  });

  afterEach(async () => {
    await visitor.context.close();
  });

  async function signOut(item: string) {
    await visitor.page.getByRole('button', { name: 'Account of Ada Lovelace' }).click();
    await visitor.page.getByRole('menuitem', { name: item, exact: true }).click();
    await visitor.page.getByRole('heading', { name: 'Welcome aboard' }).waitFor();
  }

  test('no script can read what it consists of, and nothing of it is stored', async () => {
    const { page, context } = visitor;
    await signUp(page);
    const kept = await page.evaluate(() => ({
      local: Object.entries(localStorage),
      session: Object.entries(sessionStorage),
      cookie: document.cookie,
    }));
    expect(kept).toEqual({ local: [['slipway.session', 'in']], session: [], cookie: '' });
    expect(await context.cookies()).toMatchObject([
      { httpOnly: true, sameSite: 'Strict', path: '/api/auth' },
    ]);
  });

  test('tabs that begin together never spend a refresh token twice', async () => {
    const { page, context } = visitor;
    await signUp(page);
    const tabs = [page, await context.newPage(), await context.newPage()];
    const answers: number[] = [];
    context.on('response', (response) => {
      if (response.url().endsWith('/api/auth/refresh')) answers.push(response.status());
    });
    for (let round = 0; round < 4; round += 1) {
      await Promise.all(tabs.map((tab) => tab.goto(`/?round=${round}`)));
      await Promise.all(tabs.map((tab) => tab.getByText('No projects yet').waitFor()));
    }
    expect(answers.length).toBeGreaterThan(0);
    expect(new Set(answers)).toEqual(new Set([200]));
  });

  test('somebody who signs out without a connection stays out, and the cookie goes back later', async () => {
    const { page, context } = visitor;
    await signUp(page);
    await context.route('**/api/auth/logout', (route) => route.abort());
    await signOut('Sign out');
    expect(await context.cookies()).toHaveLength(1);
    await context.unroute('**/api/auth/logout');
    const told = page.waitForResponse('**/api/auth/logout');
    await page.reload();
    await page.getByRole('heading', { name: 'Welcome aboard' }).waitFor();
    expect((await told).status()).toBe(204);
    expect(await context.cookies()).toEqual([]);
  });

  test('signing out everywhere ends the other devices', async () => {
    const { page } = visitor;
    const email = await signUp(page);
    const other = await stage.newVisitor();
    await other.page.getByRole('textbox', { name: 'Email' }).fill(email);
    await other.page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await other.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await other.page.getByText('No projects yet').waitFor();
    await signOut('Sign out everywhere');
    await other.page.reload();
    await other.page.getByText('Your session has ended.').waitFor();
    expect(await other.page.getByText('No projects yet').count()).toBe(0);
    await other.context.close();
  });

  test('a forgotten password is changed by a mailed link, which ends every session', async () => {
    const { page } = visitor;
    const email = await signUp(page);
    await createProject(page, 'Harbour survey');
    await page.goto('/');
    await signOut('Sign out');
    await page.getByRole('button', { name: 'Forgot your password?' }).click();
    await page.getByRole('textbox', { name: 'Email' }).fill(email);
    await page.getByRole('button', { name: 'Mail me a link' }).click();
    await followMailedLink(page);
    await page.getByRole('textbox', { name: 'New password' }).fill('a new battery staple');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Your password is changed').waitFor();
    await page.getByRole('link', { name: 'To the sign-in' }).click();
    await page.getByRole('textbox', { name: 'Email' }).fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill('a new battery staple');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('link', { name: 'Harbour survey' }).waitFor();
    expect(await visitor.context.cookies()).toHaveLength(1);
  });

  test('a link that was used says so', async () => {
    const { page } = visitor;
    await page.goto('/#/app/reset/never-was-a-token');
    await page.getByRole('textbox', { name: 'New password' }).fill('a new battery staple');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByText('Your password is changed').count()).toBe(0);
    await page.goto('/#/app/verify/never-was-a-token');
    await page.getByText('Your address was not confirmed').waitFor();
  });

  test('an address is confirmed by the link in its mail', async () => {
    const { page } = visitor;
    await signUp(page);
    await page.getByText('Confirm your address').waitFor();
    await page.getByRole('button', { name: 'Send it again' }).click();
    await followMailedLink(page);
    await page.getByText('Your address is confirmed').waitFor();
    await page.getByRole('link', { name: 'To your projects' }).click();
    await page.getByText('No projects yet').waitFor();
    expect(await page.getByText('Confirm your address').count()).toBe(0);
  });
});
