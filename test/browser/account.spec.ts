import {
  type BrowserStage,
  chooseFiles,
  createProject,
  PASSWORD,
  published,
  signUp,
  startBrowserStage,
  type Visitor,
} from './browser-stage';

describe('accounts in a browser', () => {
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

  const errorOf = (field: string) => {
    const input = visitor.page.getByRole('textbox', { name: field });
    return input.evaluate((element) => {
      const ids = (element.getAttribute('aria-describedby') ?? '').split(' ');
      return ids
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join(' ')
        .trim();
    });
  };

  async function signIn(email: string, password: string) {
    const { page } = visitor;
    await page.getByRole('textbox', { name: 'Email' }).fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  async function signOut() {
    await visitor.page.getByRole('button', { name: 'Account of Ada Lovelace' }).click();
    await visitor.page.getByRole('menuitem', { name: 'Sign out', exact: true }).click();
    await visitor.page.getByRole('heading', { name: 'Welcome aboard' }).waitFor();
  }

  test('somebody signs up, is still there after a reload, signs out and signs in again', async () => {
    const { page, complaints } = visitor;
    const email = await signUp(page);
    await page.reload();
    await page.getByText('No projects yet').waitFor();
    await signOut();
    await page.reload();
    await page.getByRole('heading', { name: 'Welcome aboard' }).waitFor();
    await signIn(email, PASSWORD);
    await page.getByText('No projects yet').waitFor();
    expect(complaints).toEqual([]);
  });

  test('an empty form says at each field what it wants', async () => {
    const { page } = visitor;
    await page.getByRole('button', { name: 'Create an account' }).click();
    await page.getByRole('button', { name: 'Create account' }).click();
    expect(await errorOf('Name')).toContain('Enter your name.');
    expect(await errorOf('Email')).toContain('Enter an email address');
    expect(await errorOf('Password')).toContain('Enter your password.');
  });

  test("the API's field errors stand beside their fields", async () => {
    const { page } = visitor;
    await page.getByRole('button', { name: 'Create an account' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Ada Lovelace');
    await page.getByRole('textbox', { name: 'Email' }).fill('ada@nowhere');
    await page.getByRole('textbox', { name: 'Password' }).fill('x'.repeat(300));
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('The email must be an email.').waitFor();
    expect(await errorOf('Email')).toContain('The email must be an email.');
    expect(await errorOf('Password')).toContain('The password must be');
  });

  test('an email that is taken and a wrong password are told apart', async () => {
    const { page } = visitor;
    const email = await signUp(page);
    await signOut();
    await signIn(email, 'not the password');
    await page.getByRole('alert').getByText('Email or password is wrong.').waitFor();
    await page.getByRole('button', { name: 'Create an account' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Another Ada');
    await page.getByRole('textbox', { name: 'Email' }).fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByText('There is already an account with this email.').waitFor();
    expect(await errorOf('Email')).toContain('already an account');
  });

  test('a session that the API no longer knows ends at the sign-in, and goes on at the same page', async () => {
    const { page } = visitor;
    const email = await signUp(page);
    await createProject(page, 'Harbour survey');
    const address = page.url();
    await visitor.context.clearCookies();
    await page.reload();
    await page.getByText('Your session has ended.').waitFor();
    await signIn(email, PASSWORD);
    await page.getByRole('heading', { name: 'Harbour survey' }).waitFor();
    expect(page.url()).toBe(address);
  });

  describe('when the session runs out during uploads', () => {
    const notes = ['1', '2', '3', '4', '5'].map((name) => ({
      name: `${name}.txt`,
      mimeType: 'text/plain',
      buffer: Buffer.from(`Sounding ${name}`),
    }));
    const uploads = () => visitor.page.getByRole('region', { name: 'Uploads' });
    let email: string;

    beforeEach(async () => {
      const { page } = visitor;
      email = await signUp(page);
      await createProject(page, 'Harbour survey');
      const refused = ['**/api/assets/upload-url', '**/api/auth/refresh'];
      for (const url of refused) {
        await page.route(url, (route) =>
          route.fulfill({
            status: 401,
            contentType: 'application/problem+json',
            body: '{"status":401,"code":"unauthenticated"}',
          }),
        );
      }
      await chooseFiles(page, notes);
      await page.getByText('Your session has ended.').waitFor();
      for (const url of refused) await page.unroute(url);
    });

    test('they go on when the same person is back', async () => {
      await signIn(email, PASSWORD);
      await uploads().getByText('5 files uploaded').waitFor();
      for (const { name } of notes) await published(visitor.page, name);
      expect(visitor.complaints.filter((complaint) => !complaint.includes('401'))).toEqual([]);
    });

    test('another person finds nothing of them', async () => {
      const other = await stage.newVisitor();
      const stranger = await signUp(other.page);
      await other.context.close();
      await signIn(stranger, PASSWORD);
      await visitor.page.getByText('This project cannot be opened').waitFor();
      expect(await uploads().count()).toBe(0);
    });
  });

  test("nobody sees another person's project", async () => {
    await signUp(visitor.page);
    await createProject(visitor.page, 'Private berth');
    const address = visitor.page.url();
    const other = await stage.newVisitor();
    await signUp(other.page);
    await other.page.goto(address);
    await other.page.getByText('This project cannot be opened').waitFor();
    expect(await other.page.getByText('Private berth').count()).toBe(0);
    await other.context.close();
  });

  test('signing out in one tab signs out the others', async () => {
    const { page, context } = visitor;
    await signUp(page);
    const second = await context.newPage();
    await second.goto('/');
    await second.getByText('No projects yet').waitFor();
    const told = page.waitForResponse('**/api/auth/logout');
    await signOut();
    await second.getByRole('heading', { name: 'Welcome aboard' }).waitFor();
    await (await told).finished();
    await page.waitForFunction(() => localStorage.length === 0);
    expect(await second.evaluate(() => Object.keys(localStorage))).toEqual([]);
    expect(await context.cookies()).toEqual([]);
  });

  test('the form can be filled in and sent with the keyboard alone', async () => {
    const { page } = visitor;
    const email = await signUp(page);
    await signOut();
    await page.getByRole('textbox', { name: 'Email' }).focus();
    await page.keyboard.type(email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText('No projects yet').waitFor();
    expect(await page.getByRole('button', { name: 'Account of Ada Lovelace' }).count()).toBe(1);
  });
});
