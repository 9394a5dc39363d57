import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Asset, emptyDocument, type MultiUnit } from '../document.ts';
import { buildGraph } from '../graph.ts';
import { asAssetId, asUnitId } from '../ids.ts';
import recorded from './dagster-selections.json' with { type: 'json' };
import { evaluateSelection, fitsPattern, type SelectionGraph, unknownKeys } from './evaluate-selection.ts';
import { parseSelection } from './parse-selection.ts';
import { parseSelectionOrKeys } from './parse-selection-or-keys.ts';
import { selectionGraphOf } from './selection-graph.ts';
import { printSelection, type SelectionNode } from './selection-node.ts';

interface RecordedAsset {
  readonly deps?: readonly string[];
  readonly group?: string;
  readonly kinds?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly owners?: readonly string[];
  readonly external?: boolean;
}

const graphOf = (assets: Readonly<Record<string, RecordedAsset>>): SelectionGraph => {
  const records = Object.entries(assets).map(([key, { external, ...fields }]) => {
    const base = { id: asAssetId(`id of ${key}`), key, position: { x: 0, y: 0 }, ...fields };
    return external
      ? ({ ...base, kind: 'external' } as const)
      : ({ ...base, kind: 'asset', body: 'export default () => 1;' } as const);
  });
  const document = { ...emptyDocument('test'), assets: new Map(records.map((asset) => [asset.id, asset])) };
  return selectionGraphOf(buildGraph(document));
};

const shop = graphOf(recorded.graph as Record<string, RecordedAsset>);
const short: Readonly<Record<string, string>> = {
  RO: 'raw/orders',
  RC: 'raw/customers',
  FX: 'fx_rates',
  SO: 'stg_orders',
  SC: 'stg_customers',
  OE: 'orders_enriched',
  DR: 'daily_report',
  CM: 'churn_model',
};

/** The keys that a selection means, sorted; undefined when it is none. */
function select(text: string, graph = shop): readonly string[] | undefined {
  const node = parseSelection(text);
  return node.ok ? [...evaluateSelection(node.value, graph)].sort() : undefined;
}

// The table of the reference, §6.4: undefined is a syntax error.
const examples: readonly (readonly [text: string, found: string | undefined])[] = [
  ['*', 'all'],
  ['key:stg_orders', 'SO'],
  ['key:"raw/orders"', 'RO'],
  ['key:raw/orders', 'RO'],
  ['key:raw/*', 'RO RC'],
  ['key:*orders*', 'RO SO OE'],
  ['key:"*_customers"', 'SC'],
  ['key:*', undefined],
  ['key:"*"', 'all'],
  ['key:STG_ORDERS', ''],
  ['orders_enriched', undefined],
  ['1+key:orders_enriched', 'FX SO SC OE'],
  ['+key:orders_enriched', 'RO RC FX SO SC OE'],
  ['2+key:orders_enriched', 'RO RC FX SO SC OE'],
  ['key:raw/orders+', 'RO SO OE DR CM'],
  ['key:raw/orders+1', 'RO SO'],
  ['key:raw/orders+2', 'RO SO OE'],
  ['+key:stg_orders+', 'RO SO OE DR CM'],
  ['1+key:stg_customers+1', 'RC SC OE CM'],
  ['group:staging', 'SO SC'],
  ['group:staging+1', 'SO SC OE CM'],
  ['(group:ingest or group:staging)+1', 'RO RC SO SC OE CM'],
  ['kind:dbt', 'SO SC OE'],
  ['kind:dbt and not kind:snowflake', 'OE'],
  ['not kind:dbt', 'RO RC FX DR CM'],
  ['not kind:dbt and kind:python', 'RO RC DR CM'],
  ['not (kind:dbt and kind:snowflake)', 'RO RC FX OE DR CM'],
  ['kind:python or kind:dbt and tag:tier=gold', 'RO RC OE DR CM'],
  ['(kind:python or kind:dbt) and tag:tier=gold', 'OE DR'],
  ['tag:pii', 'RC SC'],
  ['tag:source', ''],
  ['tag:source=crm', 'RC'],
  ['owner:"alice@acme.com"', 'OE DR'],
  ['owner:alice@acme.com', undefined],
  ['owner:<null>', 'FX CM'],
  ['kind:<null>', 'FX'],
  ['sinks(*)', 'DR CM'],
  ['roots(*)', 'RO RC FX'],
  ['sinks(kind:dbt)', 'OE'],
  ['roots(kind:dbt)', 'SO SC'],
  ['sinks(key:raw/orders or key:orders_enriched)', 'OE'],
  ['roots(+key:churn_model)', 'RO RC FX'],
  ['+sinks(group:staging)', 'RO RC SO SC'],
  ['sinks(group:staging)+1', 'SO SC OE CM'],
  ['not not kind:dbt', 'SO SC OE'],
  ['*+', undefined],
  ['(*)+', 'all'],
  ['key:stg_orders key:churn_model', undefined],
  ['tag:tier=', undefined],
  ['group:ml AND kind:python', 'CM'],
  ['key:churn_model And kind:python', undefined],
  ['key:raw/orders+ and +key:churn_model', 'RO SO OE CM'],
  ['+key:daily_report and not group:ingest', 'FX SO SC OE DR'],
  ['tag:owner', undefined],
  ['tag:"owner"', ''],
];

test.each(examples)('%s means what the app of Dagster says', (text, found) => {
  const keys =
    found === 'all' ? Object.values(short) : found?.split(' ').flatMap((name) => short[name] ?? []);
  expect(select(text)).toEqual(keys?.sort());
});

const diamond = graphOf({
  A: {},
  B: { deps: ['A'] },
  B2: { deps: ['A'] },
  C: { deps: ['B', 'B2'] },
});

test.each([
  ['1+key:C', 'B B2 C'],
  ['2+key:C', 'A B B2 C'],
  ['key:A+1', 'A B B2'],
  ['+key:B+', 'A B C'],
  ['key:A+ and +key:C and +key:B+', 'A B C'],
  ['sinks(key:A or key:B)', 'B'],
  ['roots(key:C)', 'C'],
  ['(key:A or key:B) and (key:B or key:C)', 'B'],
])('%s finds %s in a diamond', (text, found) => {
  expect(select(text, diamond)).toEqual(found.split(' '));
});

// The app answers these two as our graph does; Python knows no owner <null>, and no team by its bare name.
const answeredAsTheApp = new Set(['owner:<null>', 'owner:"eng"']);

// Python falls back to tags that no asset can have, and finds nothing; here these are mistakes.
const refusedHere = new Set(['tag:a*=b', 'tag:=x']);

test.each(recorded.cases)('Dagster 1.13 in Python agrees on $text', (asked) => {
  expect(parseSelection(asked.text).ok).toBe(asked.isSelection);
  const node = parseSelectionOrKeys(asked.text);
  if (!node.ok || unknownKeys(node.value, shop).length > 0) {
    if (!refusedHere.has(asked.text)) expect(asked.found).toBeNull();
    return;
  }
  if (answeredAsTheApp.has(asked.text)) return;
  const withSources = evaluateSelection(node.value, shop, { includeExternalUpstream: false });
  expect([...evaluateSelection(node.value, shop, { includeExternal: false })].sort()).toEqual(asked.found);
  expect([...withSources].sort()).toEqual(asked.foundWithSources);
});

const word = fc.constantFrom('orders', 'raw/orders', 'and', 'a b', 'é-1', 'team:x', '');
const pattern = fc.constantFrom('a*', '*', 'raw/*/x', 'b');
const maybeWord = fc.option(word);
const depth = fc.oneof(fc.constant('all' as const), fc.nat({ max: 5 }));
const anySelection = fc.letrec<{ node: SelectionNode }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant<SelectionNode>({ type: 'all' }),
    pattern.map((text): SelectionNode => ({ type: 'key', pattern: text })),
    fc.tuple(word, word).map(([name, value]): SelectionNode => ({ type: 'tag', name, value })),
    fc.constant<SelectionNode>({ type: 'tag', name: null, value: '' }),
    maybeWord.map((owner): SelectionNode => ({ type: 'owner', owner })),
    maybeWord.map((group): SelectionNode => ({ type: 'group', group })),
    maybeWord.map((kind): SelectionNode => ({ type: 'kind', kind })),
    fc.constantFrom<SelectionNode>({ type: 'is', what: 'external' }, { type: 'is', what: 'materializable' }),
    tie('node').map((of): SelectionNode => ({ type: 'not', of })),
    fc
      .tuple(
        fc.constantFrom('and' as const, 'or' as const),
        fc.array(tie('node'), { minLength: 2, maxLength: 3 }),
      )
      .map(([type, operands]): SelectionNode => ({ type, operands })),
    fc
      .tuple(fc.constantFrom('sinks' as const, 'roots' as const), tie('node'))
      .map(([type, of]): SelectionNode => ({ type, of })),
    fc.tuple(tie('node'), depth).map(([of, up]): SelectionNode => ({ type: 'traverse', of, up })),
    fc.tuple(tie('node'), depth).map(([of, down]): SelectionNode => ({ type: 'traverse', of, down })),
    fc
      .tuple(tie('node'), depth, depth)
      .map(([of, up, down]): SelectionNode => ({ type: 'traverse', of, up, down })),
  ),
})).node;

test('a printed selection is read back as the same tree', () => {
  fc.assert(
    fc.property(anySelection, (node) => {
      expect(parseSelection(printSelection(node))).toEqual({ ok: true, value: node });
    }),
  );
});

test('any text is read or refused, with a place inside it', () => {
  const pieces = fc.constantFrom(
    'key:',
    'a',
    '*',
    '+',
    '1',
    '(',
    ')',
    ' and ',
    'not ',
    '"',
    ',',
    'tag:',
    '=',
    'é',
    'sinks',
  );
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
      (text) => {
        const read = parseSelectionOrKeys(text);
        if (read.ok) return;
        expect(read.error.message).not.toBe('');
        expect(read.error.offset).toBeGreaterThanOrEqual(0);
        expect(read.error.offset + read.error.length).toBeLessThanOrEqual(text.length);
      },
    ),
  );
});

test.each([
  ['key:a key:b', 6, 3, '“key” cannot follow here. Put “and” or “or” between two selections.'],
  ['key:*', 4, 1, 'Write key:"*", or simply *.'],
  ['orders', 0, 6, '“orders” is a bare name. Write key:orders.'],
  ['*+', 1, 1, '“*” has no neighbours to add. Write (*)+ or simply *.'],
  ['group:and', 6, 3, '“and” is a word of the language. As a value it stands in quotes.'],
  [
    'group:my-group',
    8,
    1,
    '“-” cannot stand here. Values other than letters, digits, “_” and “/” stand in quotes.',
  ],
  ['key:"a', 4, 1, 'A quoted text does not end, or holds a backslash or a line break.'],
  ['(key:a', 6, 0, 'A parenthesis is not closed.'],
  ['key:a and', 9, 0, 'The selection ends where an asset, a group or the like should stand.'],
  ['status:FAILED', 0, 6, 'Assets cannot be selected by “status” yet.'],
  ['colour:red', 0, 6, 'There is no attribute “colour”. There are key, group, kind, tag, owner and is.'],
  ['is:fast', 3, 4, 'An asset is either is:external or is:materializable.'],
])('%s is refused in words and at its place', (text, offset, length, message) => {
  expect(parseSelection(text)).toEqual({ ok: false, error: { message, offset, length } });
});

test('the place of an error counts from the start of a text with commas', () => {
  const read = parseSelectionOrKeys('orders, key:a key:b');
  expect(read).toMatchObject({ ok: false, error: { offset: 14, length: 3 } });
});

test('a selection that is nested without end is refused', () => {
  expect(parseSelection(`${'('.repeat(100_000)}*`)).toMatchObject({ ok: false });
  expect(parseSelection(`${'not '.repeat(100_000)}*`)).toMatchObject({ ok: false });
  const long = Array.from({ length: 20_000 }, (_, i) => `key:a${i}`).join(' or ');
  expect(parseSelection(long)).toMatchObject({ ok: true });
});

test('plain keys stand for themselves, with commas between', () => {
  const read = parseSelectionOrKeys(' orders, raw/orders ,,owner');
  expect(read).toEqual({
    ok: true,
    value: {
      type: 'or',
      operands: [
        { type: 'named', key: 'orders' },
        { type: 'named', key: 'raw/orders' },
        { type: 'named', key: 'owner' },
      ],
    },
  });
  if (read.ok) expect(unknownKeys(read.value, shop)).toEqual(['orders', 'owner']);
  expect(parseSelectionOrKeys(' , ')).toMatchObject({ ok: false });
});

test('a tag with dashes and dots needs no quotes when it stands alone', () => {
  expect(parseSelectionOrKeys('tag:my-team=a.b')).toEqual({
    ok: true,
    value: { type: 'tag', name: 'my-team', value: 'a.b' },
  });
});

test('a comma inside quotes is part of the value', () => {
  expect(parseSelectionOrKeys('owner:"a,b",x')).toMatchObject({
    value: {
      operands: [
        { type: 'owner', owner: 'a,b' },
        { type: 'named', key: 'x' },
      ],
    },
  });
});

test('a key that only deps name is an external asset of the graph', () => {
  const graph = graphOf({ report: { deps: ['elsewhere'] } });
  expect(select('is:external', graph)).toEqual(['elsewhere']);
  expect(select('+key:report', graph)).toEqual(['elsewhere', 'report']);
  expect(select('key:elsewhere+', graph)).toEqual(['elsewhere', 'report']);
});

test('what is only observed is external, and a unit that cannot be split is made as a whole', () => {
  const place = { position: { x: 0, y: 0 } };
  const body = 'export default () => 1;';
  const unitOf = (name: string, canSubset: boolean): MultiUnit => ({
    ...place,
    id: asUnitId(name),
    name,
    kind: name === 'looked' ? 'multi-observable' : 'multi',
    body,
    canSubset,
  });
  const units = [unitOf('whole', false), unitOf('split', true), unitOf('looked', false)];
  const outputs = units.flatMap(({ id, name }) =>
    [1, 2].map((n): Asset => {
      const key = `${name}${n}`;
      return { ...place, id: asAssetId(key), key, kind: 'output', unit: id, output: `out${n}` };
    }),
  );
  const assets: Asset[] = [
    ...outputs,
    { ...place, id: asAssetId('seen'), key: 'seen', kind: 'observable', body },
    { ...place, id: asAssetId('reader'), key: 'reader', kind: 'asset', body, deps: ['seen', 'whole1'] },
  ];
  const graph = selectionGraphOf(
    buildGraph({
      ...emptyDocument('test'),
      assets: new Map(assets.map((asset) => [asset.id, asset])),
      units: new Map(units.map((unit) => [unit.id, unit])),
    }),
  );
  expect(select('is:external', graph)).toEqual(['looked1', 'looked2', 'seen']);
  expect(select('+key:reader', graph)).toEqual(['reader', 'seen', 'whole1']);
  expect([...graph.executionSet!('whole1')]).toEqual(['whole1', 'whole2']);
  expect([...graph.executionSet!('split1')]).toEqual([]);
});

test('a pattern fits the whole text', () => {
  const anyText = fc
    .array(fc.constantFrom('a', 'b', '*'), { maxLength: 8 })
    .map((letters) => letters.join(''));
  fc.assert(
    fc.property(anyText, anyText, (pattern, text) => {
      const expression = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
      expect(fitsPattern(pattern, text)).toBe(expression.test(text));
    }),
  );
  expect(fitsPattern('*a'.repeat(2000), 'a'.repeat(10_000))).toBe(true);
});
