// Data that something else makes: looked at, and what reads them is stale when they have changed.

import {
  button,
  editBody,
  node,
  nodeFacts,
  openAssets,
  openProjectText,
  savedFile,
  select,
} from './app-page.ts';
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

const feeds = (version: string) => `import { DataVersion, ObserveResult } from 'headwater';

export default function* () {
  yield new ObserveResult({ assetKey: 'east', dataVersion: new DataVersion('${version}') });
  yield new ObserveResult({ assetKey: 'west', dataVersion: new DataVersion('always') });
}
`;

const reader = (key: string, of: string) => ({
  id: key,
  kind: 'asset',
  key,
  deps: [of],
  position: { x: 400, y: key === 'of_east' ? 0 : 120 },
  body: 'export default () => 1;\n',
});
const output = (key: string) => ({
  id: key,
  kind: 'output',
  key,
  unit: 'feeds',
  output: key,
  position: { x: 0, y: 0 },
});

test('one body looks at several assets: each has its own version, and only readers of what changed are stale', async ({
  page,
}) => {
  await page.goto('/');
  await openProjectText(
    page,
    JSON.stringify({
      format: 'headwater',
      version: 3,
      name: 'Feeds',
      assets: [output('east'), output('west'), reader('of_east', 'east'), reader('of_west', 'west')],
      units: [
        {
          id: 'feeds',
          kind: 'multi-observable',
          name: 'feeds',
          position: { x: 0, y: 0 },
          body: feeds('monday'),
        },
      ],
    }),
  );
  const frame = page.locator('[data-testid="unit-node"][data-unit-name="feeds"]');
  await frame.getByText('feeds').click();
  await expect(page.getByText('Observable assets of one body')).toBeVisible();
  await button(page, /^Observe$/).press('Enter');
  await button(page, 'Materialize all').press('Enter');
  await expect
    .poll(() => nodeFacts(page))
    .toEqual({
      east: 'observed',
      of_east: 'materialized',
      of_west: 'materialized',
      west: 'observed',
    });

  await frame.getByText('feeds').click();
  await page.getByRole('tab', { name: 'Body' }).click();
  await page.getByRole('textbox', { name: 'Body of feeds' }).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(feeds('tuesday'));
  await button(page, /^Observe$/).press('Enter');
  await expect
    .poll(() => nodeFacts(page))
    .toEqual({
      east: 'observed',
      of_east: 'stale',
      of_west: 'materialized',
      west: 'observed',
    });
  await node(page, 'east').click();
  await page.getByRole('tab', { name: 'Data' }).click();
  await expect(page.getByRole('tabpanel').getByText('tuesday')).toBeVisible();
});

test('several assets that one body looks at come from the palette, turn into a multi-asset and back', async ({
  page,
}, info) => {
  await openAssets(page, 'Looked at', [{ key: 'orders', body: '() => [1]' }]);
  await button(page, 'Multi-observable').press('Enter');
  const frame = page.locator('[data-testid="unit-node"]');
  await expect(frame).toHaveAttribute('data-observable', 'true');
  await expect(page.getByText('Observable assets of one body')).toBeVisible();
  await button(page, /^Observe$/).press('Enter');
  await expect
    .poll(() => nodeFacts(page))
    .toEqual({ first: 'observed', orders: 'never', second: 'observed' });
  await page.screenshot({ path: info.outputPath('multi-observable.png') });

  const turnInto = async (kind: string) => {
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByRole('combobox', { name: 'Kind', exact: true }).click();
    await page.getByRole('option', { name: kind, exact: true }).click();
  };
  await turnInto('Multi-asset');
  await expect(frame).not.toHaveAttribute('data-observable', 'true');
  await expect(page.getByText('Its body as a multi-observable is kept.')).toBeVisible();
  await turnInto('Multi-observable');
  await expect(frame).toHaveAttribute('data-observable', 'true');
  await page.screenshot({ path: info.outputPath('kind.png') });

  // A graph of one op, whose op takes by position what the asset destructured.
  await select(page, 'orders');
  await turnInto('Graph asset');
  await expect(button(page, 'Open the graph of ops of orders')).toBeVisible();
  await button(page, 'Materialize all').press('Enter');
  await expect.poll(async () => (await nodeFacts(page)).orders).toBe('materialized');
});
