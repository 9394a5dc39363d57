// Config: a default by its schema, another one for a single run, and a run that keeps what it was given.

import { button, expectSaved, latestText, node, openProjectText, select } from './app-page.ts';
import { expect, test } from './story.ts';

const project = JSON.stringify({
  format: 'headwater',
  version: 3,
  name: 'Configured',
  assets: [
    {
      id: 'orders',
      kind: 'asset',
      key: 'orders',
      position: { x: 0, y: 0 },
      body: "export default (_inputs, { config }) => [config?.limit, config?.city].join(' from ');\n",
    },
  ],
});

const schema = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1, default: 100, description: 'How many rows at most' },
    city: { type: 'string' },
  },
  required: ['city'],
};

test('a config has a default by its schema, and a launch may give another one', async ({ page }, info) => {
  await page.goto('/');
  await openProjectText(page, project);
  await select(page, 'orders');
  await page.getByRole('tab', { name: 'Settings' }).click();
  await button(page, 'Describe it by a schema').click();
  const text = page.getByLabel('Schema of the config');
  await text.fill('{ "type": "string" }');
  await expect(page.getByText('The schema of a config has "type": "object".')).toBeVisible();
  await text.fill(JSON.stringify(schema));
  await text.blur();

  const form = page.getByRole('group', { name: 'Default config' });
  await expect(form.getByText('Is needed.')).toBeVisible();
  await form.getByLabel('city').fill('Ulm');
  await form.getByLabel('limit').fill('0');
  await expect(form.getByText('Must be at least 1.')).toBeVisible();
  await form.getByLabel('limit').fill('');
  await form.getByLabel('limit').blur();
  await expect(form.getByRole('alert')).toHaveCount(0);
  await expectSaved(page);
  await page.reload();

  await button(page, 'Materialize all').press('Enter');
  await expect(node(page, 'orders')).toHaveAttribute('data-status', 'materialized');
  const graph = page.url();
  expect(await latestText(page, 'orders')).toContain('100 from Ulm');

  await page.goto(graph);
  await select(page, 'orders');
  await page.keyboard.press('Escape');
  await button(page, 'More ways to materialize').click();
  await page.getByRole('menuitem', { name: /^Preview plan/ }).click();
  const configure = page.getByRole('dialog').getByRole('region', { name: 'Configure this run' });
  await expect(configure).toContainText('as by default');
  await configure.getByLabel('limit').fill('many');
  await configure.getByLabel('limit').blur();
  await expect(page.getByRole('list', { name: 'Problems' })).toContainText(
    'The config of “orders”: “limit” must be a number.',
  );
  await expect(button(page, 'Materialize 1 asset')).toBeDisabled();
  await configure.getByLabel('limit').fill('7');
  await configure.getByLabel('limit').blur();
  await expect(configure).toContainText('for this run only');
  await page.screenshot({ path: info.outputPath('configure.png') });
  await button(page, 'Materialize 1 asset').click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(node(page, 'orders')).toHaveAttribute('data-status', 'materialized');
  await expect.poll(() => latestText(page, 'orders')).toContain('7 from Ulm');

  await page.getByRole('link', { name: 'Runs' }).click();
  await page.getByRole('row').nth(1).click();
  await button(page, 'orders').first().click();
  await expect(page.getByRole('dialog')).toContainText('limit: 7');
  await page.keyboard.press('Escape');
  const first = page.url();
  await button(page, 'Re-execute all').click();
  await expect.poll(() => page.url()).not.toBe(first);
  await button(page, 'orders').first().click();
  await expect(page.getByRole('dialog')).toContainText('limit: 7');
});
