import type { Page } from 'playwright-core';

/** Presses the link of the mail that the page shows in place of sending it. */
export async function followMailedLink(page: Page): Promise<void> {
  const link = page.getByRole('region', { name: 'Mail' }).getByRole('link').first();
  const again = page.getByRole('button', { name: 'Look for it again' });
  // The mail is sent by a job, and the page looks for it a few times only.
  for (let look = 0; look < 20 && !(await link.isVisible()); look += 1) {
    await Promise.race([link.waitFor(), again.waitFor()]);
    if (await again.isVisible()) await again.click();
    await page.waitForTimeout(250);
  }
  await link.click();
}
