// Values that come along with a shared project: looked at before it is trusted, and its latest ones afterwards.

import { packBundle } from '#interop/share/share-bundle.ts';
import { linkOf } from '#interop/share/share-link.ts';
import { formatDocument } from '#model/format-document.ts';
import { graph } from '#model/graph-builder.ts';
import { encodeValue } from '#model/values/encode-value.ts';
import { nodeFacts, select, trustAndOpen } from './app-page.ts';
import { expect, test } from './story.ts';

function encoded(value: unknown): Uint8Array {
  const bytes = encodeValue(value);
  if (!bytes.ok) throw new Error('not stored');
  return bytes.value.slice();
}

test('what came along is shown before trust, and is there afterwards without a run', async ({ page }) => {
  const document = graph()
    .asset('fruit', '() => []')
    .asset('count', '({ fruit }) => fruit.length')
    .document();
  const packed = await packBundle({
    documentText: formatDocument(document),
    values: [
      { key: 'fruit', isSample: true, bytes: encoded([{ name: 'quince', price: 3 }]) },
      { key: 'count', isSample: false, bytes: encoded(41) },
    ],
  });
  await page.goto(linkOf('/', packed));
  await page.getByRole('combobox', { name: 'Part to read' }).fill('fruit');
  await page.getByRole('option', { name: 'fruit' }).click();
  await page.getByText('What came along', { exact: true }).click();
  const facts = page.getByRole('region', { name: 'What came along' });
  await expect(facts.getByRole('cell', { name: 'quince' })).toBeVisible();
  await expect(facts).toContainText('Only a sample of it came along.');

  await trustAndOpen(page);
  // A part of a value is not what the code makes; the whole one was made by code that is not known here.
  await expect.poll(() => nodeFacts(page)).toEqual({ fruit: 'stale', count: 'stale' });
  await select(page, 'fruit');
  await page.getByRole('tab', { name: 'Data' }).click();
  await expect(page.getByRole('tabpanel').getByText('quince', { exact: true })).toBeVisible();
});
