// Random projects of every kind of definition that a Dagster project can have, each asset reading earlier ones.

import fc from 'fast-check';
import {
  type Asset,
  type Check,
  type CheckSpecData,
  emptyDocument,
  type Json,
  type OutputAsset,
  type ProjectDocument,
  type Resource,
  type Unit,
} from '#model/document.ts';
import { asAssetId, asCheckId, asUnitId } from '#model/ids.ts';

const position = { x: 0, y: 0 };
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });

/** Keys are made unique by the place of their asset. */
const names = fc.constantFrom('orders', 'raw/orders', 'class', 'x.y/d-1', 'Field', 'dg', 'default/op', 'con');

const spec = {
  group: some(fc.constantFrom('daily', 'raw', 'class')),
  description: some(fc.constantFrom('Two\nlines', 'with "quotes" and \\', '{braces} – ’')),
  tags: some(fc.constantFrom({ team: 'a' }, { 'domain/x': 'b-1', empty: '' })),
  kinds: some(fc.uniqueArray(fc.constantFrom('csv', 'table', 'python'), { maxLength: 3 })),
  owners: some(fc.constantFrom(['team:a'], ['a@b.co', 'team:b'])),
  metadata: some(
    fc.dictionary(fc.constantFrom('a', 'b c', '0'), fc.jsonValue({ maxDepth: 2 }).map(asJson), {
      maxKeys: 3,
    }),
  ),
  codeVersion: some(fc.constantFrom('1', 'v "2"')),
  ioManager: some(fc.constantFrom('io_manager', 'store', 'memory')),
};

function asJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

const configSchema: Json = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1, description: 'How many' },
    mode: { type: 'string', enum: ['fast', 'safe'], default: 'safe' },
    tags: { type: 'array', items: { type: 'string' } },
    rate: { type: ['number', 'null'] },
    class_: { type: 'boolean' },
  },
  required: ['limit'],
};

const runs = {
  config: some(fc.constantFrom<Json>({ limit: 5 }, { limit: 1, tags: ['a'] })),
  configSchema: some(fc.constant(configSchema)),
  resources: some(fc.constantFrom(['database'], [], ['database', 'store'])),
  retryPolicy: some(fc.constantFrom({ maxRetries: 2 }, { maxRetries: 1, delay: 2, jitter: 'FULL' as const })),
  timeoutSeconds: some(fc.constantFrom(1, 0.5)),
};
const checkSpec = {
  blocking: some(fc.boolean()),
  description: some(fc.constant('It is "full"')),
  metadata: some(fc.constant({ why: 'so' })),
};
const checkSpecs = fc.uniqueArray(
  fc.record({ name: fc.constantFrom('is_full', 'is_new', 'class'), ...checkSpec }),
  { maxLength: 2, selector: ({ name }) => name },
);

const piece = fc.record({
  kind: fc.constantFrom('asset', 'asset', 'observable', 'external', 'multi', 'graph', 'multi-observable'),
  name: names,
  /** Which of the earlier assets it reads, waits for, and is checked against. */
  reads: fc.array(fc.nat(), { maxLength: 3 }),
  waits: fc.array(fc.nat(), { maxLength: 2 }),
  compares: fc.array(fc.nat(), { maxLength: 2 }),
  isWaitingForElse: fc.boolean(),
  spec: fc.record(spec),
  more: fc.array(fc.record(spec), { minLength: 1, maxLength: 2 }),
  runs: fc.record(runs),
  opRuns: fc.record(runs),
  checkRuns: fc.record(runs),
  specs: checkSpecs,
  flags: fc.record({ canSubset: fc.boolean(), isImplicit: fc.boolean(), isOptional: fc.boolean() }),
  limits: fc.option(fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), { nil: undefined }),
  checked: fc.option(
    checkSpecs.filter(({ length }) => length > 0),
    { nil: undefined },
  ),
});

type Piece = typeof piece extends fc.Arbitrary<infer T> ? T : never;

interface Draft {
  readonly assets: Asset[];
  readonly units: Unit[];
  readonly checks: Check[];
}

export const randomDagsterProject: fc.Arbitrary<ProjectDocument> = fc
  .tuple(fc.array(piece, { minLength: 1, maxLength: 9 }), fc.string({ minLength: 1, maxLength: 20 }))
  .map(([pieces, name]) => {
    const draft: Draft = { assets: [], units: [], checks: [] };
    for (const [i, item] of pieces.entries()) addPiece(draft, item, i);
    const byId = <T extends { readonly id: string }>(items: readonly T[]) =>
      new Map(items.map((item) => [item.id as T['id'], item]));
    return {
      ...emptyDocument(name),
      assets: byId(draft.assets),
      units: byId(draft.units),
      checks: byId(draft.checks),
      resources: new Map([resource('database', 'resource'), resource('store', 'ioManager')]),
    };
  });

const resource = (key: string, kind: Resource['kind']): [string, Resource] => [
  key,
  { key, kind, body: 'export default class {}\n', config: { host: 'a', port: 1 } },
];

/** Without the fields that were left out, as a document has them. */
const clean = <T>(value: object): T =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;

function addPiece(draft: Draft, item: Piece, i: number): void {
  const { assets, units, checks } = draft;
  const pick = (places: readonly number[]): readonly string[] =>
    assets.length === 0 ? [] : [...new Set(places.map((place) => assets[place % assets.length]!.key))];
  const key = `${item.name}_${i}`;
  const inputs = pick(item.reads);
  const ins = Object.fromEntries(inputs.map((from, j) => [`in_${j}`, from]));
  const body = `export default ({ ${Object.keys(ins).join(', ')} }) => 1;\n`;
  const waits = [...pick(item.waits), ...(item.isWaitingForElse ? ['else/where'] : [])].filter(
    (from) => !inputs.includes(from),
  );
  const deps = waits.length > 0 ? waits : undefined;
  const id = asAssetId(`asset-${i}`);
  const common = { id, key, position, deps };
  const own = item.specs.length > 0 ? item.specs : undefined;
  const before = assets.length;
  if (item.kind === 'asset')
    assets.push(
      clean({
        ...item.spec,
        ...item.runs,
        ...common,
        kind: 'asset',
        body,
        ins,
        checks: own,
        isRequired: item.flags.isOptional ? false : undefined,
      }),
    );
  else if (item.kind === 'observable')
    assets.push(
      clean({ ...item.spec, ...item.runs, ...common, kind: 'observable', body: bare, checks: own }),
    );
  else if (item.kind === 'external') assets.push(clean({ ...item.spec, ...common, kind: 'external' }));
  else {
    const unit = unitOf(item, i, inputs, ins, body);
    units.push(unit);
    assets.push(...outputsOf(unit, item, i, key));
  }
  if (item.checked && item.kind !== 'external') {
    const others = Object.fromEntries(
      pick(item.compares)
        .filter((from) => from !== assets[before]!.key)
        .map((from, j) => [`other_${j}`, from]),
    );
    checks.push(
      clean({
        ...item.checkRuns,
        id: asCheckId(`check-${i}`),
        name: `checks_${i}`,
        body: `export default ({ ${Object.keys(others).join(', ')} }) => true;\n`,
        ins: others,
        specs: item.checked.map(
          (each): CheckSpecData => clean({ ...each, name: `own_${each.name}`, asset: assets[before]!.key }),
        ),
      }),
    );
  }
}

const bare = 'export default () => 1;\n';

function unitOf(
  item: Piece,
  i: number,
  inputs: readonly string[],
  ins: Readonly<Record<string, string>>,
  body: string,
): Unit {
  const outs = ['first', 'second', 'third'].slice(0, item.more.length);
  const shared = { id: asUnitId(`unit-${i}`), name: `unit_${i}`, position, canSubset: item.flags.canSubset };
  if (item.kind === 'graph') {
    const ops = outs.map((_, j) => ({
      ...clean<object>(j === 0 ? item.opRuns : {}),
      name: `op_${j}`,
      position,
      args: j === 0 ? Object.keys(ins).map((input) => ({ input })) : [{ op: `op_${j - 1}` }],
      body: 'export default (...values) => values.length;\n',
    }));
    const results = Object.fromEntries(outs.map((name, j) => [name, { op: `op_${j}` }]));
    return clean({ ...shared, kind: 'graph', ops, results, ins });
  }
  const isObserving = item.kind === 'multi-observable';
  const limits = item.limits;
  return clean({
    ...shared,
    ...item.runs,
    kind: item.kind,
    body: isObserving ? bare : body,
    ins: isObserving ? undefined : ins,
    // What a body loads has to be what some output is made from.
    internalDeps:
      limits && !isObserving
        ? Object.fromEntries(
            outs.map((name, j) => [
              name,
              inputs.filter((_, n) => (j === 0 ? !limits[n] || outs.length === 1 : limits[n])),
            ]),
          )
        : undefined,
  });
}

const outputsOf = (unit: Unit, item: Piece, i: number, key: string): readonly OutputAsset[] =>
  item.more.map((fields, j) =>
    clean({
      ...fields,
      kind: 'output',
      id: asAssetId(`out-${i}-${j}`),
      key: `${key}_${j}`,
      position,
      unit: unit.id,
      output: ['first', 'second', 'third'][j],
      isImplicit: unit.kind === 'multi' && item.flags.isImplicit ? true : undefined,
      isRequired: unit.kind !== 'graph' && item.flags.isOptional ? false : undefined,
    }),
  );
