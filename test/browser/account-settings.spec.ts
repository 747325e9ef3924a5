import {
  type BrowserStage,
  createProject,
  PASSWORD,
  signUp,
  startBrowserStage,
  type Visitor,
} from './browser-stage';

describe('account settings in a browser', () => {
  let stage: BrowserStage;
  let visitor: Visitor;
  let email: string;

  beforeAll(async () => {
    stage = await startBrowserStage();
  });

  afterAll(async () => {
    await stage?.stop();
  });

  beforeEach(async () => {
    visitor = await stage.newVisitor();
    email = await signUp(visitor.page);
  });

  afterEach(async () => {
    await visitor.context.close();
  });

  const openSettings = () => visitor.page.goto('/#/app/settings');

  /** The same person on another device. */
  async function onAnotherDevice(password = PASSWORD): Promise<Visitor> {
    const other = await stage.newVisitor();
    await other.page.getByRole('textbox', { name: 'Email' }).fill(email);
    await other.page.getByRole('textbox', { name: 'Password' }).fill(password);
    await other.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await other.page.getByText('No projects yet').waitFor();
    return other;
  }

  async function hasEnded({ page, context }: Visitor): Promise<boolean> {
    await page.reload();
    const note = page.getByText('Your session has ended.');
    await note.waitFor();
    const shown = await note.isVisible();
    await context.close();
    return shown;
  }

  test('a new name is seen everywhere in the page, and in the other tabs', async () => {
    const { page, context, complaints } = visitor;
    const second = await context.newPage();
    await second.goto('/');
    await openSettings();
    await page.getByRole('textbox', { name: 'Name' }).fill('Countess Lovelace');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Account of Countess Lovelace' }).waitFor();
    await second.getByRole('button', { name: 'Account of Countess Lovelace' }).waitFor();
    expect(complaints).toEqual([]);
  });

  test('a new password keeps this device and ends the others', async () => {
    const { page } = visitor;
    const other = await onAnotherDevice();
    await openSettings();
    await page.getByLabel('Current password').fill(PASSWORD);
    await page.getByLabel('New password').fill('a new battery staple');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByText('Password changed').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Account settings' }).waitFor();
    expect(await hasEnded(other)).toBe(true);
  });

  test('a wrong current password is said beside its field', async () => {
    const { page } = visitor;
    await openSettings();
    await page.getByLabel('Current password').fill('not the password');
    await page.getByLabel('New password').fill('a new battery staple');
    await page.getByRole('button', { name: 'Change password' }).click();
    const fault = page.getByText('The password is not the right one.');
    await fault.waitFor();
    expect(await page.getByLabel('Current password').getAttribute('aria-describedby')).toBe(
      await fault.getAttribute('id'),
    );
  });

  test('a lost device is signed out from here', async () => {
    const { page } = visitor;
    const other = await onAnotherDevice();
    await openSettings();
    const devices = page.getByRole('list', { name: 'Devices' }).getByRole('listitem');
    await devices.nth(1).waitFor();
    expect(await devices.filter({ hasText: 'This device' }).count()).toBe(1);
    await page.getByRole('button', { name: /^Sign out Chrom/ }).click();
    await devices.nth(1).waitFor({ state: 'detached' });
    expect(await hasEnded(other)).toBe(true);
  });

  test('all data can be taken along', async () => {
    const { page } = visitor;
    await createProject(page, 'Harbour survey');
    await openSettings();
    await page.getByRole('button', { name: 'Export my data' }).click();
    const link = page.getByRole('list', { name: 'Exports' }).getByRole('link', { name: 'Download' });
    await link.waitFor();
    const zip = await fetch(String(await link.getAttribute('href')));
    expect(
      Buffer.from(await zip.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe('PK');
  });

  test('an erased account is gone, and its password opens nothing', async () => {
    const { page } = visitor;
    await openSettings();
    await page.getByRole('button', { name: 'Erase my account' }).click();
    await page.getByLabel('Your password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Erase everything' }).click();
    await page.getByRole('heading', { name: 'Welcome aboard' }).waitFor();
    await page.getByRole('textbox', { name: 'Email' }).fill(email);
    await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    const refusal = page.getByRole('alert');
    await refusal.waitFor();
    expect(await refusal.textContent()).toBe('Email or password is wrong.');
  });
});
