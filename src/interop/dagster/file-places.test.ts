import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { ProjectDocument } from '#model/document.ts';
import { graph } from '#model/graph-builder.ts';
import { parseDocument } from '#model/parse-document.ts';
import { dagsterListingOf, dagsterPlaceOf } from './file-places.ts';
import { writeDagsterProject } from './write-project.ts';

/** The first and the last line of each asset, and the line that lists it. */
function linesByKey(document: ProjectDocument): Record<string, readonly (string | undefined)[]> {
  const written = writeDagsterProject(document);
  if (!written.ok) throw new Error(written.error.map(({ message }) => message).join('\n'));
  const textOf = (ending: string) =>
    written.value.files.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return Object.fromEntries(
    [...document.assets.values()].map(({ id, key }) => {
      const place = dagsterPlaceOf(written.value, document, id);
      if (!place) throw new Error(`${key} has no place`);
      const text = textOf(place.path);
      const { from, to } = place.lines(text);
      const lines = text.split('\n').slice(from - 1, to);
      const all = textOf('definitions.py');
      const listing = dagsterListingOf(written.value, document, id, all);
      const listed = listing && all.split('\n')[listing.from - 1]?.trim();
      return [key, [lines[0]?.trim(), lines.at(-1)?.trim(), listed]];
    }),
  );
}

it('an asset has the lines of its function, whatever its group is called', () => {
  const document = graph()
    .asset('raw/orders', '() => []', { group: 'storage', description: 'A\n\n\n"""text"""' })
    .asset('total', '({ orders }) => orders.length', { group: 'storage', ins: { orders: 'raw/orders' } })
    .external('sales')
    .document();
  const list = 'assets=[default.sales, storage_2.raw__orders, storage_2.total],';
  expect(linesByKey(document)).toEqual({
    'raw/orders': [
      expect.stringContaining('@dg.asset('),
      'yield from run_typescript(context, asset="raw/orders")',
      list,
    ],
    sales: ['sales = dg.AssetSpec(key="sales")', 'sales = dg.AssetSpec(key="sales")', list],
    total: [expect.stringContaining('@dg.asset('), ')', list],
  });
});

it('an output of several has its own lines in the decorator', () => {
  const example = new URL('../../../public/examples/multi-asset.headwater.json', import.meta.url);
  const document = parseDocument(readFileSync(example, 'utf8'));
  if (!document.ok) throw new Error('The example cannot be read.');
  expect(linesByKey(document.value)).toMatchObject({
    'species/gentoo': ['"gentoo": dg.AssetOut(', '),', expect.stringContaining('tables.by_species')],
    measured: ['"measured": dg.AssetOut(', '),', expect.stringContaining('tables.tidy')],
  });
});
