// A project that means harm: it opens, shows its text as text, and runs nothing that was not asked for.

import type { Page } from '@playwright/test';
import {
  assetsIn,
  button,
  goTo,
  node,
  nodeFacts,
  nodes,
  openProjectText,
  savedFile,
  select,
} from './app-page.ts';
import { expect, test } from './story.ts';

const script = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>';
const link = 'javascript:window.pwned=1';
const markdown = `# ${script}\n\n[click](${link}) ![x](${link}) <a href="${link}">raw</a> <iframe src="${link}"></iframe> <svg onload="window.pwned=1">`;
const longName = `${'n'.repeat(9_999)}!`;
const longKey = 'k'.repeat(10_000);

// Written by hand: an object literal would take "__proto__" for its prototype.
const text = JSON.stringify({
  format: 'headwater',
  version: 3,
  name: longName,
  description: markdown,
  groups: [{ name: script, description: markdown }],
  assets: [
    {
      id: 'evil',
      kind: 'asset',
      key: 'evil',
      group: 'x',
      description: markdown,
      position: { x: 0, y: 0 },
      owners: ['team:x'],
      kinds: [script],
      metadata: { [script]: script, link, proto: 'PROTO', nested: { a: [script] } },
      config: { note: script, proto: 'PROTO' },
      body: `import { MaterializeResult, MetadataValue } from 'headwater';
export default (_, context) => {
  context.log.info(${JSON.stringify(script)});
  const value = JSON.parse(${JSON.stringify(JSON.stringify(JSON.parse(`{"__proto__": {"polluted": true}, "text": ${JSON.stringify(script)}}`)))});
  return new MaterializeResult({
    value,
    metadata: {
      md: MetadataValue.md(${JSON.stringify(markdown)}),
      ${JSON.stringify(script)}: ${JSON.stringify(script)},
      json: MetadataValue.json(JSON.parse('{"__proto__": {"polluted": true}}')),
    },
  });
};
`,
    },
    {
      id: 'long',
      kind: 'asset',
      key: longKey,
      position: { x: 300, y: 0 },
      body: 'export default () => 1;\n',
    },
    {
      id: 'thrower',
      kind: 'asset',
      key: 'thrower',
      description: script,
      position: { x: 0, y: 160 },
      body: `export default () => { throw new Error(${JSON.stringify(script)}); };\n`,
    },
    { id: 'out', kind: 'output', key: 'out', unit: 'unit', output: 'out', position: { x: 300, y: 160 } },
  ],
  units: [
    {
      id: 'unit',
      kind: 'multi',
      name: 'unit',
      description: markdown,
      position: { x: 300, y: 160 },
      body: 'export default () => ({ out: 1 });\n',
    },
  ],
  checks: [
    {
      id: 'check',
      name: 'check_it',
      specs: [{ name: 'check_it', asset: 'evil', description: markdown, metadata: { link } }],
      body: `import { AssetCheckResult } from 'headwater';
export default ({ rows }) => new AssetCheckResult({ passed: false, description: ${JSON.stringify(script)}, metadata: { s: ${JSON.stringify(script)} } });
`,
    },
  ],
  notes: [{ id: 'note', position: { x: 0, y: 320 }, width: 400, height: 200, text: markdown }],
}).replaceAll('"proto":"PROTO"', '"__proto__":{"polluted":true}');

const isUntouched = (page: Page) =>
  page.evaluate(() => ({
    pwned: Reflect.get(window, 'pwned') as unknown,
    polluted: Reflect.get({}, 'polluted') as unknown,
    frames: document.querySelectorAll('main iframe').length,
    links: [...document.querySelectorAll('a[href], img[src]')].filter((element) =>
      /^javascript:|^x$/.test(element.getAttribute('href') ?? element.getAttribute('src') ?? ''),
    ).length,
  }));
const untouched = { pwned: undefined, polluted: undefined, frames: 0, links: 0 };

test('a hostile project opens, shows its text as text, and runs nothing', async ({ page }, info) => {
  page.on('dialog', (dialog) => {
    throw new Error(`a dialog: ${dialog.message()}`);
  });
  await page.goto('/');
  await openProjectText(page, text);
  await expect(nodes(page)).toHaveCount(4);
  expect(new Set(Object.values(await nodeFacts(page)))).toEqual(new Set(['never']));
  await expect(page.getByTestId('note')).toContainText('<img src=x onerror');
  expect(await isUntouched(page)).toEqual(untouched);
  await page.screenshot({ path: info.outputPath('graph.png') });

  for (const key of ['evil', 'thrower', longKey]) {
    await select(page, key);
    for (const tab of await page.getByRole('complementary').getByRole('tab').all()) {
      await tab.click();
      expect(await isUntouched(page)).toEqual(untouched);
    }
  }
  await button(page, 'Materialize all').press('Enter');
  await expect(node(page, 'thrower')).toHaveAttribute('data-status', 'failed');
  await expect(node(page, 'evil')).toHaveAttribute('data-status', 'materialized');
  await select(page, 'evil');
  for (const tab of await page.getByRole('complementary').getByRole('tab').all()) {
    await tab.click();
    expect(await isUntouched(page)).toEqual(untouched);
  }
  await page.screenshot({ path: info.outputPath('inspector.png') });

  await goTo(page, 'catalog');
  await expect(page.getByRole('link', { name: 'evil', exact: true })).toBeVisible();
  expect(await isUntouched(page)).toEqual(untouched);
  await goTo(page, 'catalog/evil');
  await expect(page.getByRole('heading', { level: 1, name: 'evil' })).toBeVisible();
  await expect(page.getByRole('main').getByText('onerror="window.pwned=1"').first()).toBeVisible();
  expect(await isUntouched(page)).toEqual(untouched);
  await page.screenshot({ path: info.outputPath('catalog.png'), fullPage: true });

  await goTo(page, 'runs');
  await page.getByTestId('run-row').getByRole('link').first().click();
  await expect(page.getByTestId('step-row').first()).toBeVisible();
  expect(await isUntouched(page)).toEqual(untouched);
  await page.screenshot({ path: info.outputPath('run.png') });

  const saved = await savedFile(page);
  expect(JSON.parse(saved)).toMatchObject({ name: longName, description: markdown });
  expect(Object.keys(assetsIn(saved))).toContain(longKey);
  expect(saved).toContain('"__proto__"');

  await page.reload();
  await page.goto('/');
  await expect(page.getByTestId('project-row')).toHaveCount(1);
  expect(await isUntouched(page)).toEqual(untouched);
  await page.screenshot({ path: info.outputPath('projects.png') });
});

test('what no project can hold is refused in a sentence, and nothing of it is kept', async ({ page }) => {
  await page.goto('/');
  const chooser = page.waitForEvent('filechooser');
  await button(page, 'Open file').click();
  await (await chooser).setFiles({
    name: 'bad.headwater.json',
    mimeType: 'application/json',
    buffer: Buffer.from(
      JSON.stringify({
        format: 'headwater',
        version: 3,
        name: 'Bad',
        assets: [{ id: 'a', kind: 'external', key: script, position: { x: 0, y: 0 } }],
      }),
    ),
  });
  await expect(page.getByRole('alert').first()).toContainText('can use letters, digits');
  await expect(page.getByTestId('project-row')).toHaveCount(0);
  expect(await isUntouched(page)).toEqual(untouched);
});
