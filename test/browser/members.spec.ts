import { type BrowserStage, createProject, signUp, startBrowserStage, type Visitor } from './browser-stage';

describe('members of a project in a browser', () => {
  let stage: BrowserStage;
  let owner: Visitor;
  let guest: Visitor;
  let guestEmail: string;

  beforeAll(async () => {
    stage = await startBrowserStage();
  });

  afterAll(async () => {
    await stage?.stop();
  });

  beforeEach(async () => {
    [owner, guest] = await Promise.all([stage.newVisitor(), stage.newVisitor()]);
    await signUp(owner.page);
    guestEmail = await signUp(guest.page);
    await createProject(owner.page, 'Harbour survey');
    await owner.page.getByRole('link', { name: 'Settings' }).click();
    await owner.page.getByRole('heading', { name: 'Members' }).waitFor();
  });

  afterEach(async () => {
    await Promise.all([owner.context.close(), guest.context.close()]);
  });

  async function invite(role: string) {
    const { page } = owner;
    await page.getByRole('textbox', { name: 'Invite by email' }).fill(guestEmail);
    await page.getByRole('combobox', { name: 'As' }).selectOption(role);
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByRole('list', { name: 'Invitations' }).getByText(guestEmail).waitFor();
  }

  async function join() {
    await guest.page.reload();
    await guest.page.getByRole('button', { name: 'Join Harbour survey' }).click();
    await guest.page.getByRole('list', { name: 'Projects' }).getByText('Harbour survey').click();
    await guest.page.getByRole('heading', { name: 'Harbour survey' }).waitFor();
  }

  test('a viewer is invited, joins, and is offered nothing that a viewer may not', async () => {
    await invite('viewer');
    await join();
    const { page } = guest;
    await page.getByText('No files yet').waitFor();
    expect(await page.getByRole('button', { name: 'Upload files' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('list', { name: 'Members' }).waitFor();
    expect(await page.getByRole('textbox', { name: 'Invite by email' }).count()).toBe(0);
    expect(await page.getByRole('heading', { name: 'Archive' }).count()).toBe(0);
    expect(guest.complaints).toEqual([]);
  });

  test('a change of role is in force at the next look, and so is the end of a membership', async () => {
    await invite('viewer');
    await join();
    await owner.page.reload();
    const row = owner.page
      .getByRole('list', { name: 'Members' })
      .getByRole('listitem')
      .filter({ hasText: guestEmail });
    await row.getByRole('combobox').selectOption('editor');
    await row.locator('select:enabled').waitFor();
    await guest.page.reload();
    await guest.page.getByRole('button', { name: 'Upload files' }).waitFor();
    await row.getByRole('button', { name: 'Remove Ada Lovelace' }).click();
    await owner.page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await row.waitFor({ state: 'detached' });
    await guest.page.reload();
    await guest.page.getByText('This project cannot be opened').waitFor();
    expect(await guest.page.getByText('Harbour survey').count()).toBe(0);
  });

  test('a member leaves, and is back at the projects', async () => {
    await invite('editor');
    await join();
    const { page } = guest;
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Leave project' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click();
    await page.getByText('No projects yet').waitFor();
    expect(guest.complaints).toEqual([]);
  });

  test('an invitation that was withdrawn or declined is gone', async () => {
    await invite('viewer');
    await owner.page.getByRole('button', { name: `Withdraw the invitation of ${guestEmail}` }).click();
    await owner.page.getByRole('list', { name: 'Invitations' }).waitFor({ state: 'detached' });
    await guest.page.reload();
    await guest.page.getByText('No projects yet').waitFor();
    await invite('viewer');
    await guest.page.reload();
    await guest.page.getByRole('button', { name: 'Decline Harbour survey' }).click();
    await guest.page.getByText('You were invited').waitFor({ state: 'detached' });
    expect(await guest.page.getByText('Harbour survey').count()).toBe(0);
  });

  test('a project is handed over, and its new owner decides', async () => {
    await invite('editor');
    await join();
    const { page } = owner;
    await page.reload();
    await page.getByRole('button', { name: 'Hand over' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Hand over' }).click();
    await page.getByRole('heading', { name: 'Leave' }).waitFor();
    await guest.page.reload();
    await guest.page.getByRole('link', { name: 'Settings' }).click();
    await guest.page.getByRole('heading', { name: 'Hand it over' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Hand it over' }).count()).toBe(0);
  });

  test('an archived project takes no files and says so; it can be opened again', async () => {
    const { page } = owner;
    await page.getByRole('button', { name: 'Archive project' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
    await page.getByRole('button', { name: 'Open it again' }).waitFor();
    await page.getByRole('link', { name: 'Harbour survey' }).click();
    await page.getByText('This project is archived').waitFor();
    expect(await page.getByRole('button', { name: 'Upload files' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Open it again' }).click();
    await page.getByRole('textbox', { name: 'Invite by email' }).waitFor();
  });
});
