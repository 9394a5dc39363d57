import { describe, expect, test } from 'vitest';
import { type CheckTemplate, templateBody } from '#model/checks/check-template.ts';
import type { Asset, Check, OpNode, ProjectDocument, Unit } from '#model/document.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { asCheckId, asUnitId } from '#model/ids.ts';
import { typesHarness } from './types-harness.ts';

const position = { x: 0, y: 0 };
const orders = 'function orders() { return [{ id: 1, amount: 2.5 }]; }';
const orderRows = 'readonly { readonly id: number; readonly amount: number }[]';

function withUnit(
  document: ProjectDocument,
  unit: Unit,
  outputs: Readonly<Record<string, string>>,
): ProjectDocument {
  const assets = new Map(document.assets);
  for (const [key, output] of Object.entries(outputs)) {
    const asset: Asset = { kind: 'output', id: idOf(key), key, position, unit: unit.id, output };
    assets.set(asset.id, asset);
  }
  return { ...document, assets, units: new Map(document.units).set(unit.id, unit) };
}
const multi = (body: string): Unit => ({ kind: 'multi', id: asUnitId('u'), name: 'split', position, body });
const importing = (body: string) =>
  `import { AssetCheckResult, DynamicOutput, MaterializeResult, Output } from 'headwater';\nexport default ${body}`;

describe('a body of several assets', () => {
  const base = graph()
    .asset('orders', orders)
    .asset('reader', '({ left, right }) => [left, right] as const')
    .document();
  test('reads what comes along its edges, and gives each output its own type', () => {
    const types = typesHarness();
    const unit = multi(
      'export default ({ orders }) => ({ left: orders.length, right: orders.length > 1 ? orders[0].amount : null });',
    );
    types.show(withUnit(base, unit, { left: 'left', right: 'right' }));
    expect(types.of('left')?.output).toBe('number');
    expect(types.of('right')?.output).toBe('number | null');
    expect(types.of('reader')?.output).toBe('readonly [number, number | null]');
  });

  test('gives results with values, or a list', () => {
    const types = typesHarness();
    const outputs = { left: 'left', right: 'right' };
    const named = importing('() => ({ left: new MaterializeResult({ value: "a" }), right: new Output(2) })');
    types.show(withUnit(base, multi(named), outputs));
    expect([types.of('left')?.output, types.of('right')?.output]).toEqual(['string', 'number']);
    types.show(withUnit(base, multi('export default () => [1, "x"] as const;'), outputs));
    expect([types.of('left')?.output, types.of('right')?.output]).toEqual(['1', '"x"']);
  });

  test.each([
    [
      'yielded by name',
      'function* () { yield new Output(1, { outputName: "left" }); yield new Output("a", { outputName: "right" }); }',
      ['number', 'string'],
    ],
    [
      'yielded by key, as text and as parts',
      'async function* () { yield new MaterializeResult({ assetKey: "left", value: 1 }); yield new MaterializeResult({ assetKey: ["raw", "right"], value: "a" }); }',
      ['number', 'string'],
    ],
    [
      'of several types under one name',
      'function* () { yield new Output(Math.random() > 0.5 ? 1 : null, { outputName: "left" }); yield new Output(["a"], { outputName: "left" }); }',
      ['number | null | readonly string[]', 'any'],
    ],
    [
      'of one type under two names',
      'function* () { yield new Output(1, { outputName: "left" }); yield new Output(2, { outputName: "raw/right" }); }',
      ['number', 'number'],
    ],
    [
      'returned in a list, beside what has no value',
      'async () => [new Output(1, { outputName: "left" }), new AssetCheckResult({ passed: true, assetKey: "left" }), new MaterializeResult({ assetKey: "raw/right", value: "a" })]',
      ['number', 'string'],
    ],
    [
      'under a name that is worked out',
      'function* (_, context) { for (const outputName of context.selectedOutputNames) yield new Output(1, { outputName }); }',
      ['any', 'any'],
    ],
    [
      'under one of several names',
      'function* () { for (const outputName of ["left", "right"] as const) yield new Output(1, { outputName }); }',
      ['number', 'number'],
    ],
    [
      'by functions that say what they give',
      'function* (): Generator<Output<number>> { yield new Output(1, { outputName: "left" }); }',
      ['any', 'any'],
    ],
  ])('gives results %s', (_, body, [left, right]) => {
    const types = typesHarness();
    const document = graph()
      .asset('orders', orders)
      .asset('reader', '', { body: 'export default ({ it }) => it', ins: { it: 'raw/right' } })
      .document();
    types.show(withUnit(document, multi(importing(body)), { left: 'left', 'raw/right': 'right' }));
    expect(types.of('split')?.problems).toEqual([]);
    expect([types.of('left')?.output, types.of('raw/right')?.output]).toEqual([left, right]);
    expect(types.of('reader')?.output).toBe(right);
  });

  test('a wrong use of what was yielded by name is told, with the output that it comes from', () => {
    const types = typesHarness();
    const body = importing(
      'function* () { yield new Output([{ n: 1 }], { outputName: "left" }); yield new Output("a", { outputName: "right" }); }',
    );
    const document = graph()
      .asset('orders', orders)
      .asset('reader', '({ left, right }) => left[0].m + right.toFixed()')
      .document();
    types.show(withUnit(document, multi(body), { left: 'left', right: 'right' }));
    expect(types.of('reader')?.problems).toMatchObject([
      { input: { name: 'left', from: idOf('left') }, missing: { field: 'm' } },
      { input: { name: 'right', from: idOf('right') } },
    ]);
  });

  test('what an asset says of its checks is no part of its value', () => {
    const types = typesHarness();
    const body =
      "import { AssetCheckResult, MaterializeResult } from 'headwater';\nexport default function* () { yield new MaterializeResult({ value: 1 }); yield new AssetCheckResult({ passed: true }); }";
    types.show(graph().asset('a', '', { body }).asset('b', '({ a }) => a.toFixed()').document());
    expect(types.of('a')?.output).toBe('number');
    expect(types.of('b')?.problems).toEqual([]);
  });

  test('its problems are told at its first output, with the input that they come from', () => {
    const types = typesHarness();
    types.show(
      withUnit(base, multi('export default ({ orders }) => ({ left: orders[0].amonut });'), { left: 'left' }),
    );
    expect(types.of('split')?.problems).toMatchObject([
      {
        assetId: idOf('left'),
        input: { name: 'orders', from: idOf('orders') },
        missing: { field: 'amonut' },
      },
    ]);
  });
});

describe('ops', () => {
  const op = (name: string, body: string, fields: Partial<OpNode> = {}): OpNode => ({
    name,
    position,
    args: [],
    body,
    ...fields,
  });
  const made = (ops: readonly OpNode[], result = ops.at(-1)!.name): ProjectDocument =>
    withUnit(
      graph().asset('orders', orders).asset('reader', '({ slow }) => slow').document(),
      { kind: 'graph', id: asUnitId('g'), name: 'slow', position, ops, results: { result: { op: result } } },
      { slow: 'result' },
    );

  test('take what wires bring by position, and the last one is the asset', () => {
    const types = typesHarness();
    types.show(
      made([
        op(
          'pick',
          'export default (rows, context) => { context.log.info(""); return rows.map((r) => r.amount); };',
          {
            args: [{ input: 'orders' }],
          },
        ),
        op('both', 'export default (rows, amounts) => ({ rows, total: amounts[0] });', {
          args: [{ input: 'orders' }, { op: 'pick' }],
        }),
      ]),
    );
    expect(types.of('pick')).toMatchObject({ output: 'readonly number[]', problems: [] });
    expect(types.of('reader')?.output).toBe(`{ readonly rows: ${orderRows}; readonly total: number }`);
  });

  test('a complaint says which op it is in, and what it comes from', () => {
    const types = typesHarness();
    types.show(
      made([
        op('pick', 'export default (rows) => rows.map((r) => r.amonut);', { args: [{ input: 'orders' }] }),
      ]),
    );
    expect(types.of('pick')?.problems).toMatchObject([
      { assetId: idOf('slow'), op: 'pick', line: 1, input: { name: 'rows', from: idOf('orders') } },
    ]);
  });

  test('run once per value of a dynamic result, or take all of them', () => {
    const types = typesHarness();
    types.show(
      made([
        op('spread', importing('function* () { yield new DynamicOutput({ n: 1 }, { mappingKey: "a" }); }'), {
          outs: [{ name: 'result', isDynamic: true }],
        }),
        op('double', 'export default ({ n }) => n * 2;', { args: [{ op: 'spread' }] }),
        op('gather', 'export default (all) => all;', { args: [{ op: 'double', collect: true }] }),
      ]),
    );
    expect(types.of('double')).toMatchObject({ output: 'number', problems: [] });
    expect(types.of('slow')?.output).toBe('readonly number[]');
  });

  test('yield several values under their names, many of one kind too', () => {
    const types = typesHarness();
    types.show(
      made([
        op(
          'split',
          importing(
            'function* () { yield new Output("a", { outputName: "one" }); yield new DynamicOutput({ n: 1 }, { mappingKey: "x", outputName: "many" }); }',
          ),
          { outs: [{ name: 'one' }, { name: 'many', isDynamic: true }] },
        ),
        op('join', 'export default (one, all) => [one, all] as const;', {
          args: [
            { op: 'split', output: 'one' },
            { op: 'split', output: 'many', collect: true },
          ],
        }),
      ]),
    );
    expect(types.of('slow')?.output).toBe('readonly [string, readonly { readonly n: number }[]]');
  });

  test('give several values under their names', () => {
    const types = typesHarness();
    types.show(
      made([
        op('split', 'export default () => ({ few: 1, many: ["a"] });', {
          outs: [{ name: 'few' }, { name: 'many' }],
        }),
        op('join', 'export default (many, few) => [many, few] as const;', {
          args: [
            { op: 'split', output: 'many' },
            { op: 'split', output: 'few' },
          ],
        }),
      ]),
    );
    expect(types.of('slow')?.output).toBe('readonly [readonly string[], number]');
  });
});

describe('a check', () => {
  test('is given the value of its asset with its type, whatever it calls it', () => {
    const check = (body: string): Check => ({
      id: asCheckId('c'),
      name: 'fine',
      specs: [{ name: 'fine', asset: 'orders' }],
      body,
    });
    const shown = (body: string) => {
      const types = typesHarness();
      const document = graph().asset('orders', orders).document();
      types.show({ ...document, checks: new Map([[asCheckId('c'), check(body)]]) });
      return types.of('fine')?.problems;
    };
    expect(shown('export default ({ rows }) => rows.every((row) => row.amount > 0);')).toEqual([]);
    expect(shown('export default ({ rows }) => rows.every((row) => row.amonut > 0);')).toMatchObject([
      { assetId: idOf('orders'), checkId: 'c', input: { name: 'rows' }, missing: { field: 'amonut' } },
    ]);
  });

  test.each<CheckTemplate>([
    { type: 'not-null', severity: 'ERROR', columns: ['id', 'amount'] },
    { type: 'unique', severity: 'WARN', columns: ['id'] },
    { type: 'accepted-values', severity: 'ERROR', column: 'id', values: [1, 'a', true] },
    { type: 'row-count', severity: 'ERROR', min: 1, max: 9 },
    { type: 'foreign-key', severity: 'ERROR', column: 'id', otherColumn: 'id' },
  ])('made from a form has no problems of types: $type', (template) => {
    const types = typesHarness();
    const document = graph().asset('orders', orders).asset('others', orders).document();
    const id = asCheckId('c');
    const made: Check = {
      id,
      name: 'fine',
      specs: [{ name: 'fine', asset: 'orders' }],
      body: templateBody(template),
      ...(template.type === 'foreign-key' ? { ins: { other: 'others' } } : {}),
    };
    types.show({ ...document, checks: new Map([[id, made]]) });
    expect(types.of('fine')?.problems).toEqual([]);
  });
});
