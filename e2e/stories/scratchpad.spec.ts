// The scratchpad: any value, in lines of TypeScript that run where bodies run and leave nothing.

import { button, node, openAssets } from './app-page.ts';
import { expect, test } from './story.ts';

test('lines load values, print, fail with their line, come back by the arrow, and can be stopped', async ({
  page,
}, info) => {
  await openAssets(page, 'Scratch', [
    { key: 'orders', body: "() => [{ n: 1, city: 'Ulm' }, { n: 2, city: 'Rome' }]" },
  ]);
  await button(page, 'Materialize all').press('Enter');
  await expect(node(page, 'orders')).toHaveAttribute('data-status', 'materialized');
  await page.getByRole('tab', { name: 'Scratchpad' }).click();
  const editor = page.getByRole('textbox', { name: 'Scratchpad' });
  const entries = page.getByRole('list', { name: 'What was run' }).locator('> li');
  const run = async (source: string) => {
    await editor.focus();
    await page.keyboard.insertText(source);
    await page.keyboard.press('Enter');
  };
  await run("await load('orders')");
  await expect(entries.last().getByRole('row')).toHaveCount(3);
  await expect(entries.last()).toContainText('Rome');

  await run(
    "const rows = await load('orders');\nconsole.log('rows', rows.length);\nrows.map(({ n }) => n * 10)",
  );
  await expect(entries.last().getByRole('list', { name: 'Printed' })).toHaveText('rows 2');
  await expect(entries.last()).toContainText('20');

  await run("const a = 1;\nthrow new RangeError('too far')");
  await expect(entries.last().getByRole('alert')).toHaveText('RangeError: too far (line 2)');
  await run("await load('order')");
  await expect(entries.last().getByRole('alert')).toHaveText(
    'There is no asset “order”. Did you mean “orders”?',
  );
  await page.screenshot({ path: info.outputPath('scratchpad.png') });

  await editor.focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(entries).toHaveCount(5);
  await expect(entries.last().getByRole('row')).toHaveCount(3);

  await run("console.log('begun');\nawait new Promise(() => {});");
  await expect(entries.last().getByRole('list', { name: 'Printed' })).toHaveText('begun');
  await expect(entries.last()).toContainText('Running…');
  await button(page, 'Stop').click();
  await expect(entries.last()).toContainText('Stopped.');
  await expect(entries.last().getByRole('list', { name: 'Printed' })).toHaveText('begun');
  await run('1 + 1');
  await expect(entries.last()).toContainText('2');

  // Nothing of it is stored: there is one run, and one asset.
  await page.getByRole('link', { name: 'Runs' }).click();
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goBack();
  await expect(entries).toHaveCount(7);
  await page.screenshot({ path: info.outputPath('scratchpad-dark.png') });
});
