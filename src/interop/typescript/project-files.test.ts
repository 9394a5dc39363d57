import { describe, expect, it } from 'vitest';
import type { GraphUnit, OutputAsset, ProjectDocument } from '#model/document.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { asAssetId, asCheckId, asUnitId } from '#model/ids.ts';
import { filesOfAsset } from './project-files.ts';

const textsOf = (document: ProjectDocument, key: string): Record<string, string> =>
  Object.fromEntries(filesOfAsset(document, idOf(key)).map(({ path, text }) => [path, text]));

describe('the file of an asset', () => {
  it('is its body alone when its function has its name and nothing else is said', () => {
    const document = graph().asset('totals', 'function totals({ orders }) {\n  return 1;\n}\n').document();
    expect(textsOf(document, 'totals')).toEqual({
      'assets/totals.ts': 'export default function totals({ orders }) {\n  return 1;\n}\n',
    });
  });

  it('has its options first, only those that differ from the default, with one import for options and body', () => {
    const document = graph()
      .asset('raw/orders', '', {
        body: `import { MaterializeResult } from 'headwater';\n\n// Why.\nexport default ({ a }) => new MaterializeResult({ value: a });\n`,
        ins: { a: 'raw/a', gone: 'b' },
        deps: ['x'],
        group: 'daily',
        retryPolicy: { maxRetries: 2 },
        tags: { z: '1', 'a b': "it's" },
        isRequired: true,
      })
      .document();
    expect(
      textsOf(document, 'raw/orders')['assets/raw/orders.ts'],
    ).toBe(`import { AssetIn, type AssetOptions, MaterializeResult, RetryPolicy } from 'headwater';

export const options = {
  key: 'raw/orders',
  groupName: 'daily',
  tags: { 'a b': "it's", z: '1' },
  deps: ['x'],
  ins: { a: new AssetIn({ key: 'raw/a' }) },
  retryPolicy: new RetryPolicy({ maxRetries: 2 }),
} satisfies AssetOptions;

// Why.
export default ({ a }) => new MaterializeResult({ value: a });
`);
  });

  it('calls things otherwise where the body has their names', () => {
    const document = graph()
      .asset('options', 'function options() {}', { retryPolicy: { maxRetries: 1 } })
      .asset('b', '', {
        body: `import RetryPolicy from '#lib/x.ts';\nexport default () => RetryPolicy;`,
        retryPolicy: { maxRetries: 1 },
      })
      .document();
    expect(textsOf(document, 'options')['assets/options.ts']).toContain(
      'const options$ = {\n  retryPolicy: new RetryPolicy({ maxRetries: 1 }),\n} satisfies AssetOptions;\nexport { options$ as options };\n',
    );
    expect(textsOf(document, 'b')['assets/b.ts']).toContain(
      "import { type AssetOptions, RetryPolicy as RetryPolicy$ } from 'headwater';",
    );
  });

  it('has a config as the Zod that one would write, with the default values in their places', () => {
    const configSchema = {
      type: 'object',
      properties: {
        limit: { type: 'integer', minimum: 1, description: 'How many' },
        mode: { enum: ['fast', 'safe'] },
        odd: { oneOf: [{ type: 'string' }] },
      },
      required: ['limit', 'odd'],
    };
    const document = graph()
      .asset('a', 'function a() {}', { configSchema, config: { limit: 5 } })
      .document();
    expect(textsOf(document, 'a')['assets/a.ts']).toBe(`import type { AssetOptions } from 'headwater';
import { z } from 'zod';

export const options = {
  config: z.object({
    limit: z.number().int().min(1).describe('How many').default(5),
    mode: z.enum(['fast', 'safe']).optional(),
    odd: z.fromJSONSchema({ oneOf: [{ type: 'string' }] }),
  }),
} satisfies AssetOptions;

export default function a() {}
`);
  });

  it('lies where every file system takes it, and never on top of another', () => {
    const document = graph()
      .asset('../etc')
      .asset('con')
      .asset('Con')
      .asset('a/b')
      .asset('a')
      .asset('a.ts/b')
      .document();
    const paths = ['../etc', 'con', 'Con', 'a/b', 'a', 'a.ts/b'].flatMap((key) =>
      Object.keys(textsOf(document, key)),
    );
    expect(paths).toEqual([
      'assets/__/etc.ts',
      'assets/_con-2.ts',
      'assets/_Con.ts',
      'assets/a/b.ts',
      'assets/a.ts',
      'assets/a.ts_/b.ts',
    ]);
  });
});

describe('the files of a graph asset', () => {
  const unit: GraphUnit = {
    id: asUnitId('u'),
    kind: 'graph',
    name: 'report',
    position: { x: 0, y: 0 },
    ins: { orders: 'raw/orders' },
    ops: [
      {
        name: 'split',
        position: { x: 0, y: 0 },
        body: 'export default function* split(orders) {}\n',
        args: [{ input: 'orders' }],
        outs: [{ name: 'result', isDynamic: true }],
      },
      {
        name: 'orders',
        position: { x: 0, y: 0 },
        body: 'export default (o) => o;\n',
        args: [{ op: 'split' }],
      },
      {
        name: 'total',
        position: { x: 0, y: 0 },
        body: 'export default function total(all) {}\n',
        args: [{ op: 'orders', collect: true }],
        retryPolicy: { maxRetries: 3, delay: 1 },
      },
    ],
    results: { result: { op: 'total' } },
  };
  const output: OutputAsset = {
    id: asAssetId('id-report'),
    kind: 'output',
    unit: unit.id,
    output: 'result',
    key: 'report',
    position: { x: 0, y: 0 },
  };
  const document: ProjectDocument = {
    ...graph().document(),
    assets: new Map([[output.id, output]]),
    units: new Map([[unit.id, unit]]),
  };

  it('wire the ops in straight lines, with names that do not meet', () => {
    const texts = textsOf(document, 'report');
    expect(Object.keys(texts)).toEqual([
      'assets/report.ts',
      'ops/report/split.ts',
      'ops/report/orders.ts',
      'ops/report/total.ts',
    ]);
    expect(texts['assets/report.ts']).toBe(`import { AssetIn, type GraphAssetOptions, op } from 'headwater';
import * as splitOp from '../ops/report/split.ts';
import * as ordersOp from '../ops/report/orders.ts';
import * as totalOp from '../ops/report/total.ts';

export const options = {
  ins: { orders: new AssetIn({ key: 'raw/orders' }) },
} satisfies GraphAssetOptions;

const split = op(splitOp.options, splitOp.default);
const orders = op(ordersOp.options, ordersOp.default);
const total = op(totalOp.options, totalOp.default);

export default function report({ orders: orders2 }) {
  const splitResult = split(orders2);
  const ordersResult = splitResult.map((value) => orders(value));
  const totalResult = total(ordersResult.collect());
  return totalResult;
}
`);
  });

  it('call what ops are made of as variables are called', () => {
    const renamed = {
      ...unit,
      ops: unit.ops.map((op) => (op.name === 'split' ? { ...op, name: 'split_up' } : op)),
    };
    const wired = renamed.ops.map((op) =>
      op.name === 'orders' ? { ...op, args: [{ op: 'split_up' }] } : op,
    );
    const named = { ...document, units: new Map([[unit.id, { ...renamed, ops: wired }]]) };
    const text = textsOf(named, 'report')['assets/report.ts'];
    expect(text).toContain("import * as splitUpOp from '../ops/report/split_up.ts';");
    expect(text).toContain('const split_up = op(splitUpOp.options, splitUpOp.default);');
    expect(text).toContain('  const splitUpResult = split_up(orders2);');
  });

  it('come with the checks of the asset', () => {
    const id = asCheckId('c');
    const checked: ProjectDocument = {
      ...document,
      checks: new Map([
        [
          id,
          {
            id,
            name: 'is_full',
            specs: [{ name: 'is_full', asset: 'report', blocking: true }],
            body: 'export default function is_full({ report }) {}\n',
          },
        ],
      ]),
    };
    expect(
      textsOf(checked, 'report')['checks/report/is_full.ts'],
    ).toBe(`import type { AssetCheckOptions } from 'headwater';

export const options = {
  asset: 'report',
  blocking: true,
} satisfies AssetCheckOptions;

export default function is_full({ report }) {}
`);
  });
});
