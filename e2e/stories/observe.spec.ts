// Data that something else makes: looked at, and what reads them is stale when they have changed.

import { button, editBody, node, nodeFacts, openProjectText, savedFile, select } from './app-page.ts';
import { expect, test } from './story.ts';

const body = (version: string) => `import { DataVersion } from 'headwater';

export default () => new DataVersion('${version}');
`;

const project = JSON.stringify({
  format: 'headwater',
  version: 3,
  name: 'Observed',
  assets: [
    {
      id: 'report',
      kind: 'asset',
      key: 'report',
      deps: ['observed_asset'],
      position: { x: 300, y: 0 },
      body: 'export default () => 1;\n',
    },
  ],
});

test('an observable asset is added, looked at, and makes its reader stale when its version changes', async ({
  page,
}, info) => {
  await page.goto('/');
  await openProjectText(page, project);
  await page.getByRole('button', { name: 'Observable asset' }).press('Enter');
  await page.keyboard.press('Enter');
  await expect(node(page, 'observed_asset')).toBeVisible();
  await editBody(page, 'observed_asset', body('monday'));
  await button(page, /^Observe$/).press('Enter');
  await expect.poll(() => nodeFacts(page)).toEqual({ observed_asset: 'observed', report: 'never' });

  await page.getByRole('tab', { name: 'Data' }).click();
  await expect(page.getByRole('tabpanel').getByText('monday')).toBeVisible();
  // Materializing everything leaves alone what is made elsewhere.
  await button(page, 'Materialize all').press('Enter');
  await expect.poll(() => nodeFacts(page)).toEqual({ observed_asset: 'observed', report: 'materialized' });

  await editBody(page, 'observed_asset', body('tuesday'));
  await button(page, /^Observe$/).press('Enter');
  await expect.poll(async () => (await nodeFacts(page)).report).toBe('stale');
  await page.screenshot({ path: info.outputPath('observed.png') });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: info.outputPath('observed-dark.png') });
  expect(await savedFile(page)).toContain('"kind": "observable"');

  await page.reload();
  await expect.poll(async () => (await nodeFacts(page)).report).toBe('stale');
  await select(page, 'observed_asset');
  await page.getByRole('tab', { name: 'Data' }).click();
  await expect(page.getByRole('tabpanel').getByText('tuesday')).toBeVisible();
});
