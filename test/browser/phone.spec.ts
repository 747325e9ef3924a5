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

describe('the dashboard on a phone', () => {
  let stage: BrowserStage;

  beforeAll(async () => {
    stage = await startBrowserStage();
  });

  afterAll(async () => {
    await stage?.stop();
  });

  /** Nothing sticks out at the side, and what can be pressed can be hit with a thumb. */
  async function expectToFit({ page }: Visitor): Promise<void> {
    const { overflow, small } = await page.evaluate(() => {
      const shown = [...document.querySelectorAll('button, a[href], input:not([type=file])')].filter(
        (element) => element.checkVisibility() && element.getBoundingClientRect().width > 0,
      );
      const tooSmall = shown.filter((element) => {
        const { width, height } = element.getBoundingClientRect();
        return element.tagName === 'BUTTON' && Math.min(width, height) < 22;
      });
      return {
        overflow: document.documentElement.scrollWidth - window.innerWidth,
        small: tooSmall.map((element) => element.outerHTML.slice(0, 80)),
      };
    });
    expect(overflow).toBeLessThanOrEqual(0);
    expect(small).toEqual([]);
  }

  test.each(['light', 'dark'] as const)('every page fits 375 pixels, %s', async (colorScheme) => {
    const visitor = await stage.newVisitor({
      viewport: { width: 375, height: 740 },
      hasTouch: true,
      isMobile: true,
      colorScheme,
    });
    const { page, complaints } = visitor;
    await expectToFit(visitor);
    await signUp(page);
    await expectToFit(visitor);
    await createProject(page, 'A survey of the harbour with a rather long name');
    await page.getByText('Add your first files').waitFor();
    await expectToFit(visitor);
    await chooseFiles(page, [fixtures.portrait.path, fixtures.hand.path]);
    await page.getByRole('region', { name: 'Uploads' }).waitFor();
    await expectToFit(visitor);
    await published(page, 'portrait.jpg');
    await page.getByRole('region', { name: 'Uploads' }).waitFor({ state: 'detached' });
    await openAsset(page, 'portrait.jpg');
    await expectToFit(visitor);
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(background).toBe(colorScheme === 'dark' ? 'rgb(11, 28, 46)' : 'rgb(243, 247, 249)');
    expect(complaints).toEqual([]);
    await visitor.context.close();
  });
});
