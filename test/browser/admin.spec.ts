import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium';
import { fixtures } from '../support/fixtures';
import type { TestProcess } from '../support/processes';
import { freePorts, startStandalone } from '../support/standalone';
import { makeTestFolder } from '../support/test-folder';
import {
  chooseFiles,
  createProject,
  newVisitor,
  openAsset,
  signUp,
  tile,
  type Visitor,
} from './browser-stage';

const COMMAND = join(__dirname, '../../dist/apps/standalone/src/admin.js');

describe('administration in a browser', () => {
  let browser: Browser;
  let folder: Awaited<ReturnType<typeof makeTestFolder>>;
  let product: TestProcess;
  let env: NodeJS.ProcessEnv;
  let url: string;
  let admin: Visitor;
  let member: Visitor;
  let memberEmail: string;

  beforeAll(async () => {
    [browser, folder] = await Promise.all([launchChromium(), makeTestFolder('admin')]);
    const ports = await freePorts();
    env = { ...ports, RATE_LIMIT_PER_MINUTE: '100000' };
    url = `http://127.0.0.1:${ports.PORT}`;
    product = startStandalone(folder.path, env);
    await product.untilReady(url);
  });

  afterAll(async () => {
    await browser?.close();
    await product?.stop();
    await folder?.remove();
  });

  beforeEach(async () => {
    [admin, member] = await Promise.all([newVisitor(browser, url), newVisitor(browser, url)]);
    const email = await signUp(admin.page);
    memberEmail = await signUp(member.page);
    await promisify(execFile)(process.execPath, [COMMAND, 'grant', email], {
      env: { ...process.env, ...env, SLIPWAY_DATA_DIR: folder.path },
    });
    await admin.page.reload();
    await admin.page.getByText('No projects yet').waitFor();
  });

  afterEach(async () => {
    await Promise.all([admin.context.close(), member.context.close()]);
  });

  test('is there for administrators, and for nobody else', async () => {
    await admin.page.getByRole('button', { name: 'Account of Ada Lovelace' }).click();
    await admin.page.getByRole('menuitem', { name: 'Administration' }).click();
    await admin.page.getByRole('list', { name: 'Users' }).waitFor();
    await member.page.goto('/#/app/admin/users');
    await member.page.getByText('There is no such page').waitFor();
    expect(member.complaints).toEqual([]);
  });

  test('a suspended account is out at its next call', async () => {
    const { page } = admin;
    await page.goto('/#/app/admin/users');
    await page.getByRole('searchbox', { name: 'Search users' }).fill(memberEmail);
    const row = page
      .getByRole('list', { name: 'Users' })
      .getByRole('listitem')
      .filter({ hasText: memberEmail });
    await row.getByRole('button', { name: /^Change/ }).click();
    await page.getByRole('switch', { name: 'Suspended' }).check({ force: true });
    await page.getByRole('button', { name: 'Save' }).click();
    await row.getByText('Suspended').waitFor();
    await member.page.reload();
    await member.page.getByText('Your session has ended.').waitFor();
    expect(await member.page.getByText('No projects yet').count()).toBe(0);
  });

  test('a tier is made, changed and deleted', async () => {
    const { page } = admin;
    await page.goto('/#/app/admin/tiers');
    await page.getByRole('button', { name: 'New tier' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('crew');
    await page.getByRole('textbox', { name: 'Storage in GiB' }).fill('20');
    await page.getByRole('textbox', { name: 'Largest file in GiB' }).fill('2');
    await page.getByRole('button', { name: 'Save' }).click();
    const row = page.getByRole('list', { name: 'Tiers' }).getByRole('listitem').filter({ hasText: 'crew' });
    await row.waitFor();
    expect(await row.textContent()).toContain('20 GB');
    await row.getByRole('button', { name: 'Delete tier crew' }).click();
    await row.waitFor({ state: 'detached' });
  });

  test('a file that waits is rejected with a reason, which its owner reads', async () => {
    const { page } = member;
    await createProject(page, 'Harbour survey');
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('switch', { name: 'Files wait for a review' }).check({ force: true });
    await page.locator('[role=switch]:enabled:checked').first().waitFor();
    await page.getByRole('link', { name: 'Harbour survey' }).click();
    await chooseFiles(page, fixtures.coast.path);
    await tile(page, 'coast.jpg').getByText('In Review').waitFor();
    await admin.page.goto('/#/app/admin/review');
    await admin.page.getByRole('button', { name: 'Reject coast.jpg' }).first().click();
    await admin.page
      .getByRole('textbox', { name: 'Why coast.jpg is rejected' })
      .fill('The picture is blurred.');
    await admin.page.getByRole('button', { name: 'Reject', exact: true }).click();
    await admin.page.getByText('Nothing waits').waitFor();
    await page.reload();
    await openAsset(page, 'coast.jpg');
    const why = page.getByRole('note').filter({ hasText: 'The picture is blurred.' });
    await why.waitFor();
    expect(await why.isVisible()).toBe(true);
  });

  test('the audit of all is searched', async () => {
    const { page } = admin;
    await page.goto('/#/app/admin/audit');
    await page.getByRole('combobox', { name: 'What' }).selectOption('signed_up');
    const events = page.getByRole('list', { name: 'Events' }).getByRole('listitem');
    await events.filter({ hasText: 'signed up' }).first().waitFor();
    await page.waitForFunction(() =>
      [...document.querySelectorAll('[aria-label=Events] li')].every((event) =>
        event.textContent?.includes('signed up'),
      ),
    );
    expect(await events.count()).toBeGreaterThanOrEqual(2);
  });
});
