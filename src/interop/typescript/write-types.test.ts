import { describe, expect, it } from 'vitest';
import type { Check, GraphUnit, OpNode, OutputAsset, ProjectDocument } from '#model/document.ts';
import { graph } from '#model/graph-builder.ts';
import { asAssetId, asCheckId, asUnitId } from '#model/ids.ts';
import { writeTypes } from './write-types.ts';

const textsOf = (document: ProjectDocument): Record<string, string> =>
  Object.fromEntries(writeTypes(document).map(({ path, text }) => [path, text]));

const base = graph().asset('orders').asset('sales/refunds').document();

const check = (id: string, asset: string, parameters: string): Check => ({
  id: asCheckId(id),
  name: 'filled',
  specs: [{ name: 'filled', asset }],
  body: `export default (${parameters}) => true;\n`,
});

const op = (name: string, body: string, fields: Partial<OpNode> = {}): OpNode => ({
  name,
  position: { x: 0, y: 0 },
  args: [],
  body: `export default ${body};\n`,
  ...fields,
});

function withGraph(...ops: readonly OpNode[]): ProjectDocument {
  const unit: GraphUnit = {
    id: asUnitId('g'),
    kind: 'graph',
    name: 'report',
    position: { x: 0, y: 0 },
    ops,
    results: { result: { op: ops.at(-1)?.name ?? '' } },
  };
  const output: OutputAsset = {
    id: asAssetId('report'),
    kind: 'output',
    key: 'report',
    unit: unit.id,
    output: 'result',
    position: { x: 0, y: 0 },
  };
  return {
    ...base,
    assets: new Map(base.assets).set(output.id, output),
    units: new Map([[unit.id, unit]]),
  };
}

const withChecks = (document: ProjectDocument, ...checks: readonly Check[]): ProjectDocument => ({
  ...document,
  checks: new Map(checks.map((each) => [each.id, each])),
});

describe('the types of a check', () => {
  it('are those of the asset that it checks, whatever its body calls it', () => {
    const document = withChecks(base, check('c', 'sales/refunds', '{ rows }'));
    expect(textsOf(document)['types/filled.ts']).toBe(`import type { ValueOf } from 'headwater';

export interface Inputs {
  readonly rows: ValueOf<typeof import('../assets/sales/refunds.ts').default>;
}
export type Context = import('headwater').AssetContext<any>;
export type Body = (inputs: Inputs, context: Context) => unknown;
export type Output = any;
`);
  });

  it('are shared by the checks of one name, and anything where they differ', () => {
    const document = withChecks(
      base,
      check('a', 'orders', '{ rows, other }'),
      check('b', 'sales/refunds', '{ rows, orders }'),
    );
    expect(textsOf(document)['types/filled.ts']).toContain(`export interface Inputs {
  readonly rows: any;
  readonly other: ValueOf<typeof import('../assets/orders.ts').default>;
  readonly orders: ValueOf<typeof import('../assets/sales/refunds.ts').default>;
}`);
  });
});

describe('the types of an op', () => {
  it('are what its wires carry, by position', () => {
    const document = withGraph(
      op('read', '(rows) => rows', { args: [{ input: 'orders' }], outs: [{ name: 'row', isDynamic: true }] }),
      op('scale', '(row) => row', { args: [{ op: 'read', output: 'row' }] }),
      op('add', '(all) => all', { args: [{ op: 'scale', collect: true }] }),
    );
    const texts = textsOf(document);
    expect(texts['types/read.ts']).toContain(
      "readonly rows: ValueOf<typeof import('../assets/orders.ts').default>;",
    );
    expect(texts['types/scale.ts']).toContain('readonly row: any;');
    expect(texts['types/add.ts']).toContain(
      "readonly all: readonly ValueOf<typeof import('../ops/report/scale.ts').default>[];",
    );
    expect(texts['types/add.ts']).toContain(
      'export type Body = (value1: Inputs["all"], context: Context) => unknown;',
    );
  });

  it('say of its function only that it is one where a check has its name', () => {
    const document = withChecks(withGraph(op('filled', '() => 1')), check('c', 'orders', '{ orders }'));
    expect(textsOf(document)['types/filled.ts']).toContain(
      'export type Body = (...given: any[]) => unknown;',
    );
  });
});
