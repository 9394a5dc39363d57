import type { BrowserContext, Page } from '@playwright/test';
import {
  addAsset,
  assetsIn,
  button,
  expectAll,
  expectSaved,
  goTo,
  latestText,
  materializeAll,
  node,
  nodeFacts,
  nodes,
  nudge,
  openProjectText,
  projectText,
  rename,
  savedFile,
  select,
  type TestAsset,
} from './app-page.ts';
import { prepareFreeze } from './freeze-tab.ts';
import { expect, test } from './story.ts';

const slow = (ms: number, text: string) =>
  `await new Promise((done) => setTimeout(done, ${ms}));\n  return ${text};`;

/** One after another, each with its own number in its value. */
const chain = (length: number, ms: number): TestAsset[] =>
  Array.from({ length }, (_, index) => ({
    key: `step${index}`,
    body:
      index === 0
        ? `async () => {\n  ${slow(ms, "'0'")}\n}`
        : `async ({ step${index - 1}: before }) => {\n  ${slow(ms, `before + '${index}'`)}\n}`,
  }));

async function twoTabs(context: BrowserContext, assets: readonly TestAsset[]) {
  const first = await context.newPage();
  await first.goto('/');
  const url = await openProjectText(first, projectText('Two tabs', assets));
  await expectLeads(first);
  const second = await context.newPage();
  await second.goto(url);
  await expect(nodes(second)).toHaveCount(assets.length);
  await expectFollows(second);
  return { first, second, url };
}

const followerSign = (page: Page) => page.getByRole('status').filter({ hasText: 'Another tab leads' });
const expectFollows = (page: Page) => expect(followerSign(page)).toBeVisible();
const expectLeads = (page: Page) => expect(followerSign(page)).toHaveCount(0);

async function expectRuns(page: Page, statuses: readonly string[]) {
  await goTo(page, 'runs');
  const rows = page.getByTestId('run-row');
  await expect
    .poll(() => rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-status'))))
    .toEqual(statuses);
}

async function expectSameNodes(first: Page, second: Page) {
  // Only what is in view is on the page.
  for (const page of [first, second]) await button(page, 'Zoom to fit').press('Enter');
  await expect
    .poll(async () => JSON.stringify(await nodeFacts(first)) === JSON.stringify(await nodeFacts(second)))
    .toBe(true);
}

/** Opens a body's editor at its first or last character. */
async function openEditor(page: Page, key: string, place: 'Home' | 'End') {
  await select(page, key);
  await page.getByRole('tab', { name: 'Body' }).click();
  const editor = page.getByRole('textbox', { name: `Body of ${key}` });
  await editor.focus();
  await page.keyboard.press(`ControlOrMeta+${place}`);
}

test('edits of two tabs at the same time are all kept, and both tabs show the same project', async ({
  context,
}) => {
  const { first, second } = await twoTabs(
    context,
    ['left', 'right', 'both'].map((key) => ({ key, body: `() => {\n  return '${key}';\n}` })),
  );
  const edit = async (page: Page, name: string, own: string) => {
    let key = own;
    for (let i = 1; i <= 4; i += 1) {
      await addAsset(page, `${name}_added_${i}`);
      await rename(page, key, `${name}_named_${i}`);
      key = `${name}_named_${i}`;
      await nudge(page, key, 'ArrowDown');
    }
  };
  await Promise.all([edit(first, 'first', 'left'), edit(second, 'second', 'right')]);

  // Then both type into the same body.
  await openEditor(first, 'both', 'Home');
  await openEditor(second, 'both', 'End');
  const type = async (page: Page, line: (i: number) => string) => {
    for (let i = 1; i <= 8; i += 1) {
      await page.keyboard.insertText(line(i));
      await page.waitForTimeout(150 + 90 * (i % 3));
    }
  };
  await Promise.all([type(first, (i) => `// first ${i}\n`), type(second, (i) => `// second ${i}\n`)]);
  await Promise.all([expectSaved(first), expectSaved(second)]);
  await expectSameNodes(first, second);

  const text = await savedFile(first);
  expect(await savedFile(second)).toBe(text);
  const assets = assetsIn(text);
  const names = [1, 2, 3, 4].flatMap((i) => [`first_added_${i}`, `second_added_${i}`]);
  expect(Object.keys(assets).sort()).toEqual([...names, 'both', 'first_named_4', 'second_named_4'].sort());
  expect(assets.first_named_4).toMatchObject({ id: 'left', position: { x: 0, y: 32 } });
  expect(assets.second_named_4).toMatchObject({ id: 'right', position: { x: 300, y: 32 } });
  for (let i = 1; i <= 8; i += 1) {
    expect(assets.both?.body).toContain(`// first ${i}\n`);
    expect(assets.both?.body).toContain(`// second ${i}\n`);
  }
  expect(assets.both?.body).toContain("() => {\n  return 'both';\n}");

  // And so does a tab that opens now.
  const third = await context.newPage();
  await third.goto(first.url());
  await expect(nodes(third).first()).toBeVisible();
  expect(await savedFile(third)).toBe(text);
});

test('undo in one tab of the other’s command says whose it was', async ({ context }) => {
  const { first, second } = await twoTabs(context, [{ key: 'a', body: '() => 1' }]);
  await rename(first, 'a', 'renamed');
  await expect(node(second, 'renamed')).toBeVisible();
  await expect(button(first, 'Undo: Rename to renamed')).toBeVisible();
  await button(second, 'Undo: Rename to renamed (done in another tab)').click();
  await expect(node(first, 'a')).toBeVisible();
  await expect(button(first, 'Redo: Rename to renamed')).toBeVisible();
  await expectSameNodes(first, second);
});

test('a follower’s "Materialize all" is carried out by the leader, and both see it', async ({ context }) => {
  const { first, second } = await twoTabs(context, chain(4, 1_500));
  // Looked for from before the run begins: it does not wait for a page that answers late.
  const seenRunning = [first, second].flatMap((page) => [
    button(page, 'Cancel run').waitFor(),
    page.locator('[data-testid="asset-node"][data-status="running"]').first().waitFor(),
  ]);
  await materializeAll(second);
  await Promise.all(seenRunning);
  await Promise.all([expectAll(first, 'materialized'), expectAll(second, 'materialized')]);
  await expectFollows(second);
  await expectLeads(first);
  expect(await latestText(second, 'step3')).toBe('0123');
});

test('the history of an asset stays with it when one tab renames it', async ({ context }) => {
  const { first, second } = await twoTabs(context, [{ key: 'orders', body: "() => 'kept'" }]);
  await materializeAll(first);
  await expectAll(second, 'materialized');
  await materializeAll(second);
  await expectRuns(first, ['success', 'success']);
  await goTo(first, 'graph');
  await rename(first, 'orders', 'sales');
  await expect(node(second, 'sales')).toHaveAttribute('data-status', 'materialized');
  for (const page of [first, second]) {
    expect(await latestText(page, 'sales')).toBe('kept');
    await expect(page.getByRole('list', { name: 'Materializations' }).getByRole('listitem')).toHaveCount(2);
  }
});

test('when the leading tab is closed in mid-run the other takes over, tells the truth and can go on', async ({
  context,
}) => {
  const { first, second } = await twoTabs(context, chain(5, 1_500));
  await materializeAll(first);
  await expect(node(second, 'step1')).toHaveAttribute('data-status', 'materialized');
  const closedAt = Date.now();
  await first.close();
  await expectLeads(second);
  await expect(node(second, 'step4')).toHaveAttribute('data-status', 'interrupted');
  console.log(`      leader closed: the truth after ${Date.now() - closedAt} ms`);
  await expect(node(second, 'step1')).toHaveAttribute('data-status', 'materialized');
  await expect(button(second, 'Cancel run')).toHaveCount(0);

  await expectRuns(second, ['interrupted']);
  await second.getByTestId('run-row').getByRole('link').first().click();
  await button(second, 'Re-execute from failure').click();
  await expectRuns(second, ['success', 'interrupted']);
  await goTo(second, 'graph');
  await expectAll(second, 'materialized');
  expect(await latestText(second, 'step4')).toBe('01234');
});

test('when the leading tab is frozen the other takes over, and the thawed tab writes nothing stale', async ({
  context,
}) => {
  const { first, second } = await twoTabs(context, chain(6, 1_500));
  const freeze = await prepareFreeze(context, first, [second]);
  await materializeAll(first);
  await expect(node(second, 'step0')).toHaveAttribute('data-status', 'materialized');

  const frozen = freeze();
  const frozenAt = Date.now();
  await expectLeads(second);
  console.log(`      leader frozen: the other tab leads after ${Date.now() - frozenAt} ms`);
  await expect(node(second, 'step5')).toHaveAttribute('data-status', 'interrupted');
  const atTakeover = await nodeFacts(second);

  await expectRuns(second, ['interrupted']);
  await second.getByTestId('run-row').getByRole('link').first().click();
  await button(second, 'Re-execute from failure').click();
  await goTo(second, 'graph');
  await expect(node(second, 'step1')).toHaveAttribute('data-status', 'materialized');

  frozen.thaw();
  await expectFollows(first);
  await expectAll(second, 'materialized');
  await expectAll(first, 'materialized');
  await expectLeads(second);
  console.log(`      at the take-over: ${JSON.stringify(atTakeover)}`);
  await expectRuns(first, ['success', 'interrupted']);
  await expectRuns(second, ['success', 'interrupted']);
  expect(await latestText(first, 'step5')).toBe('012345');
  await expect(first.getByRole('list', { name: 'Materializations' }).getByRole('listitem')).toHaveCount(1);
});

test('a project deleted in one tab says so in the other, and is brought back from there', async ({
  context,
}) => {
  const { first, second } = await twoTabs(context, [{ key: 'a', body: "() => 'kept'" }]);
  await materializeAll(first);
  await expectAll(second, 'materialized');
  await first.goto('/');
  await button(first, 'More for “Two tabs”').click();
  await first.getByRole('menuitem', { name: 'Delete', exact: true }).click();
  await expect(second.getByText('“Two tabs” was deleted in another tab')).toBeVisible();
  await expect(second.getByText(/Not saved/)).toHaveCount(0);
  await expect(second.getByRole('main').getByRole('link', { name: 'All projects' })).toBeVisible();
  await button(second, 'Bring it back').click();
  await expect(node(second, 'a')).toHaveAttribute('data-status', 'materialized');
  await rename(second, 'a', 'again');
  await expectSaved(second);
});
