import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { graph, idOf } from '#model/graph-builder.ts';
import { parseDocument } from '#model/parse-document.ts';
import { followRename, renameField } from './rename-field.ts';
import { typesHarness } from './types-harness.ts';

const orders = 'function orders() { return [{ id: 1, amount: 2.5 }]; }';
const orderRows = 'readonly { readonly id: number; readonly amount: number }[]';

const outputOf = (body: string): string | undefined => {
  const types = typesHarness();
  types.show(graph().asset('it', body).document());
  return types.of('it')?.output;
};

describe('the type of what a body makes', () => {
  test.each([
    ['() => 1', 'number'],
    ['async () => "x"', 'string'],
    [orders, orderRows],
    ['() => new Map([["a", new Date(0)]])', 'ReadonlyMap<string, Date>'],
    ['() => [1, "a"] as const', 'readonly [1, "a"]'],
    ['() => { const rows = []; rows.push({ a: 1 }); return rows; }', 'readonly { readonly a: number }[]'],
    [
      '(_) => { if (Math.random() > 1) return null; return { a: 1, b: undefined as string | undefined }; }',
      '{ readonly a: number; readonly b: string | undefined } | null',
    ],
    [
      '() => { interface Row { id: number; next?: Row } return [] as Row[]; }',
      'readonly { readonly id: number; readonly next?: any }[]',
    ],
    [
      '() => ({ "unit price": true, list: new Float64Array(2) })',
      '{ readonly "unit price": boolean; readonly list: Float64Array<ArrayBuffer> }',
    ],
    ['() => { throw new Error("not yet"); }', 'any'],
    ['() => ({}) as Record<string, number[]>', '{ readonly [key: string]: readonly number[] }'],
  ])('%s makes %s', (body, type) => expect(outputOf(body)).toBe(type));

  test('a result gives the type of its value, returned or yielded', () => {
    const types = typesHarness();
    types.show(
      graph()
        .asset('returned', 'async () => new MaterializeResult({ value: [1], metadata: {} })')
        .asset('yielded', 'function* () { yield new Output({ a: 1 }); }')
        .asset('nothing', '() => new MaterializeResult({ metadata: {} })')
        .document(),
    );
    expect(types.of('returned')?.output).toBe('any');
    const imported = graph()
      .asset('returned', '', { body: importing('async () => new MaterializeResult({ value: [1] })') })
      .asset('yielded', '', { body: importing('function* () { yield new Output({ a: 1 }); }') })
      .asset('nothing', '', { body: importing('() => new MaterializeResult({ metadata: {} })') })
      .document();
    types.show(imported);
    expect(types.of('returned')?.output).toBe('readonly number[]');
    expect(types.of('yielded')?.output).toBe('{ readonly a: number }');
    expect(types.of('nothing')?.output).toBe('any');
  });
});

const importing = (body: string) =>
  `import { MaterializeResult, Output } from 'headwater';\nexport default ${body}`;

describe('types along edges', () => {
  const project = graph()
    .asset('orders', orders)
    .asset(
      'totals',
      'function totals({ orders }, context) {\n  return orders.map((o) => ({ ...o, tax: o.amount * 0.2 }));\n}',
    )
    .asset('report', '({ totals }) => totals.map((t) => t.tax + t.amount)');

  test('an input without an annotation has the type that its asset makes', () => {
    const types = typesHarness();
    types.show(project.document());
    expect(types.of('totals')?.output).toBe(
      'readonly { readonly tax: number; readonly id: number; readonly amount: number }[]',
    );
    expect(types.of('report')).toMatchObject({ output: 'readonly number[]', problems: [] });
  });

  test('a field that the input lacks is reported at its place, with the input', () => {
    const types = typesHarness();
    types.show(
      project
        .asset('totals', 'function totals({ orders }) {\n  return orders.map((o) => o.price);\n}')
        .document(),
    );
    expect(types.of('totals')?.problems).toEqual([
      {
        assetId: idOf('totals'),
        message:
          "Property 'price' does not exist on type '{ readonly id: number; readonly amount: number; }'.",
        line: 2,
        column: 30,
        input: { name: 'orders', from: idOf('orders') },
        missing: { field: 'price', path: '[]' },
      },
    ]);
  });

  test('a field of the wrong type is reported with the input it came from', () => {
    const types = typesHarness();
    types.show(project.asset('report', '({ totals }) => totals[0].amount.trim()').document());
    expect(types.of('report')?.problems).toMatchObject([{ input: { name: 'totals' } }]);
  });

  test('a name that nothing declares is no input’s fault', () => {
    const types = typesHarness();
    types.show(project.asset('report', '({ totals }) => summarize(totals)').document());
    expect(types.of('report')?.problems).toMatchObject([{ message: "Cannot find name 'summarize'." }]);
    expect(types.of('report')?.problems[0]?.input).toBeUndefined();
  });

  test('an annotated first parameter that does not fit is told at the head', () => {
    const types = typesHarness();
    types.show(project.asset('report', '({ totals }: { totals: string }) => totals').document());
    expect(types.of('report')?.problems).toMatchObject([{ line: 1, column: 1 }]);
    expect(types.of('report')?.problems[0]?.message).not.toContain('$B');
  });

  test('an edit is checked again downstream only as far as printed types change', () => {
    const types = typesHarness();
    types.show(project.document());
    const layout = types.show(project.asset('orders', orders.replace('2.5', '3.5')).document());
    expect(layout).toEqual([]);
    const typed = types.show(project.asset('orders', orders.replace('2.5', '"2.5"')).document());
    expect(typed.map(({ id }) => id)).toEqual([idOf('orders'), idOf('totals'), idOf('report')]);
    expect(types.of('report')?.output).toBe('readonly string[]');
  });

  test('while a body cannot be parsed, its consumers keep the type it had', () => {
    const types = typesHarness();
    types.show(project.document());
    types.show(project.asset('orders', 'function orders() { return [{ id: 1, amo').document());
    expect(types.of('orders')?.output).toBe(orderRows);
    expect(types.of('totals')?.problems).toEqual([]);
  });

  test('the config has the type that its schema says, in the bodies of assets, ops and checks alike', () => {
    const types = typesHarness();
    const configSchema = {
      type: 'object',
      additionalProperties: false,
      properties: { limit: { type: 'integer', default: 3 }, city: { type: 'string' } },
    };
    const body = '(_, { config }) => [config.limit, config.city, config.town] as const';
    types.show(graph().asset('a', body, { configSchema }).document());
    expect(types.of('a')?.output).toBe('readonly [number, string | undefined, any]');
    expect(types.of('a')?.problems).toMatchObject([{ message: expect.stringContaining('town') }]);
    types.show(
      graph()
        .asset('a', body, { configSchema, config: { city: 'Ulm' } })
        .document(),
    );
    expect(types.of('a')?.output).toBe('readonly [number, string, any]');
    types.show(graph().asset('a', body).document());
    expect(types.of('a')).toMatchObject({ output: 'readonly [any, any, any]', problems: [] });
  });

  test('a cycle is put up with', () => {
    const types = typesHarness();
    types.show(graph().asset('a', '({ b }) => b.x').asset('b', '({ a }) => ({ x: 1, a })').document());
    expect(types.of('a')?.problems).toEqual([]);
  });

  test.each([
    'seattle-weather',
    'weather-fail',
    'flights-200k',
    'checks',
    'graph-asset',
    'multi-asset',
    'observable',
    'resources',
  ])('the example %s has no type problems', (name) => {
    const parsed = parseDocument(readFileSync(`public/examples/${name}.headwater.json`, 'utf8'));
    if (!parsed.ok) throw new Error('unreadable');
    const types = typesHarness();
    const told = types.show(parsed.value);
    expect(told.flatMap(({ problems }) => problems)).toEqual([]);
  });
});

describe('a renamed field', () => {
  const totals = '({ orders }) => orders.map((o) => ({ ...o, tax: o.amount * 0.2 }))';
  const report = '({ totals }) => totals.map(({ amount, tax }) => amount + tax)';
  const other = "({ orders }) => orders.map((o) => o['amount'] + (o?.amount ?? 0))";
  const before = graph()
    .asset('orders', orders)
    .asset('totals', totals)
    .asset('report', report)
    .asset('other', other);
  const renamed = (name: string) => before.asset('orders', orders.replace('amount', name)).document();

  test('is known in every consumer, though it was typed letter by letter', () => {
    const types = typesHarness();
    types.show(before.document());
    for (const name of ['amoun', 'a', 't', 'tot', 'total']) types.show(renamed(name));
    for (const key of ['totals', 'report', 'other'])
      expect(types.of(key)?.problems[0]).toMatchObject({ missing: { field: 'amount', renamedTo: 'total' } });
    types.show(before.document());
    for (const key of ['totals', 'report', 'other']) expect(types.of(key)?.problems).toEqual([]);
  });

  test.each([
    ['total', 'o.total * 0.2', '({ total: amount, tax })', "o['total'] + (o?.total ?? 0)"],
    [
      '"grand total"',
      "o['grand total'] * 0.2",
      "({ 'grand total': amount, tax })",
      "o['grand total'] + (o?.['grand total'] ?? 0)",
    ],
  ])('is rewritten to %s everywhere, also where it was passed on', (name, inTotals, inReport, inOther) => {
    const types = typesHarness();
    types.show(before.document());
    types.show(renamed(name));
    const rewrites = renameField(types.project, {
      producer: idOf('orders'),
      path: '[]',
      from: 'amount',
      to: name.replaceAll('"', ''),
    });
    const after = Object.fromEntries(rewrites.map((rewrite) => [rewrite.id, rewrite.after]));
    expect(after[idOf('totals')]).toContain(inTotals);
    expect(after[idOf('report')]).toContain(inReport);
    expect(after[idOf('other')]).toContain(inOther);
    let mended = graph(renamed(name));
    for (const { id, after: body } of rewrites)
      for (const key of ['totals', 'report', 'other'])
        if (id === idOf(key)) mended = mended.asset(key, '', { body });
    types.show(mended.document());
    for (const key of ['totals', 'report', 'other']) expect(types.of(key)?.problems).toEqual([]);
  });

  test('is followed into the consumers before the producer is changed', () => {
    const types = typesHarness();
    types.show(before.document());
    const rewrites = followRename(types.project, {
      id: idOf('orders'),
      after: `export default ${orders.replace('amount', 'total')}`,
      from: 'amount',
      to: 'total',
    });
    expect(rewrites.map(({ id }) => id).sort()).toEqual([
      idOf('orders'),
      idOf('other'),
      idOf('report'),
      idOf('totals'),
    ]);
    expect(types.of('totals')?.problems).toEqual([]);
  });

  test('gets its new name in every row that is written out', () => {
    const types = typesHarness();
    const rows = (first: string, second: string) =>
      `export default () => [{ id: 1, ${first}: 1 }, { id: 2, ${second}: 2 }]`;
    types.show(before.asset('orders', '', { body: rows('amount', 'amount') }).document());
    const rewrites = followRename(types.project, {
      id: idOf('orders'),
      after: rows('total', 'amount'),
      from: 'amount',
      to: 'total',
    });
    expect(rewrites).toHaveLength(4);
    expect(rewrites[0]?.after).toBe(rows('total', 'total'));
  });
});
