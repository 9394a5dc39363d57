import { describe, expect, test } from 'vitest';
import { rewriteCommand } from '#engine/rewrite-command.ts';
import type { BodyRewrite } from '#engine/types-port.ts';
import { type CheckTemplate, templateBody, templateJson } from '#model/checks/check-template.ts';
import { applyCommand } from '#model/commands/apply-command.ts';
import { applyDiff, invertDiff } from '#model/diff.ts';
import type { Check, GraphUnit, MultiUnit, OutputAsset, ProjectDocument, Unit } from '#model/document.ts';
import { formatDocument } from '#model/format-document.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { asCheckId, asUnitId, type UnitId } from '#model/ids.ts';
import { followRename, renameField } from './rename-field.ts';
import { typesHarness } from './types-harness.ts';

const position = { x: 0, y: 0 };
const orders = '() => [{ id: 1, amount: 2.5 }]';
const unit: MultiUnit = {
  kind: 'multi',
  id: asUnitId('u'),
  name: 'split',
  position,
  body: 'export default ({ orders }) => ({ all: orders, big: orders.filter((o) => o.amount > 9) });',
};
const steps: GraphUnit = {
  kind: 'graph',
  id: asUnitId('g'),
  name: 'steps',
  position,
  ops: [
    {
      name: 'spread',
      position,
      args: [{ input: 'orders' }],
      outs: [{ name: 'result', isDynamic: true }],
      body: "import { DynamicOutput } from 'headwater';\nexport default (rows) => rows.map((row) => new DynamicOutput(row, { mappingKey: String(row.amount) }));",
    },
    {
      name: 'gather',
      position,
      args: [{ op: 'spread', collect: true }],
      body: 'export default (all) => all.map(({ amount }) => amount);',
    },
  ],
  results: { result: { op: 'gather' } },
};
const output = (key: string, of: MultiUnit | GraphUnit, name: string): OutputAsset => ({
  kind: 'output',
  id: idOf(key),
  key,
  position,
  unit: of.id,
  output: name,
});
const check = (name: string, body: string, fields: Partial<Check> = {}): Check => ({
  id: asCheckId(name),
  name,
  specs: [{ name, asset: 'orders' }],
  body,
  ...fields,
});
const fromForm = (name: string, template: CheckTemplate, fields: Partial<Check> = {}): Check =>
  check(name, templateBody(template), { template: templateJson(template), ...fields });

const checks = [
  check('positive', 'export default ({ rows }) => rows.every((row) => row.amount > 0);'),
  fromForm('filled', { type: 'not-null', severity: 'ERROR', columns: ['id', 'amount'] }),
  fromForm('listed', { type: 'accepted-values', severity: 'WARN', column: 'amount', values: [2.5] }),
  fromForm(
    'linked',
    { type: 'foreign-key', severity: 'ERROR', column: 'id', otherColumn: 'amount' },
    { specs: [{ name: 'linked', asset: 'big' }], ins: { other: 'orders' } },
  ),
  check('both', 'export default ({ orders, big }) => orders[0].amount === big[0].amount;', {
    specs: [
      { name: 'one', asset: 'orders' },
      { name: 'two', asset: 'big' },
    ],
  }),
];
const base = graph().asset('orders', orders).asset('reader', '({ big }) => big[0].amount').document();

function shop(producer = orders): ProjectDocument {
  const assets = new Map(graph(base).asset('orders', producer).document().assets);
  for (const made of [
    output('all', unit, 'all'),
    output('big', unit, 'big'),
    output('slow', steps, 'result'),
  ])
    assets.set(made.id, made);
  return {
    ...base,
    assets,
    units: new Map<UnitId, Unit>([
      [unit.id, unit],
      [steps.id, steps],
    ]),
    checks: new Map(checks.map((each) => [each.id, each])),
  };
}

/** The document with bodies rewritten, having seen that one undo gives the old one back. */
function rewritten(document: ProjectDocument, rewrites: readonly BodyRewrite[]): ProjectDocument {
  const diff = applyCommand(document, rewriteCommand(document, 'Rename', rewrites));
  if (!diff.ok) throw new Error(diff.error.type);
  const next = applyDiff(document, diff.value);
  if (!next.ok) throw new Error('the diff does not apply');
  const back = applyDiff(next.value, invertDiff(diff.value));
  expect(back.ok && formatDocument(back.value)).toBe(formatDocument(document));
  return next.value;
}

const problemsOf = (document: ProjectDocument) => {
  const types = typesHarness();
  types.show(document);
  return [...document.assets.keys(), ...document.units.keys(), ...document.checks.keys()].flatMap((id) =>
    types.problems(id),
  );
};

describe('a field that is called otherwise where it is made', () => {
  const renamed = shop(orders.replace('amount', 'total'));
  const types = typesHarness();
  types.show(shop());
  types.show(renamed);

  test('is missed in units, ops and checks, those made from a form included', () => {
    const missed = ['u', 'g.spread', 'positive', 'filled', 'listed', 'both', 'linked'];
    for (const id of missed)
      expect(types.problems(id)[0]).toMatchObject({
        input: { from: idOf('orders') },
        missing: { field: 'amount', renamedTo: 'total' },
      });
    expect(types.problems('g.gather')).toMatchObject([
      { input: { from: 'g.spread' }, missing: { field: 'amount', path: '', renamedTo: 'total' } },
    ]);
  });

  test.each([
    [idOf('orders'), '[]'],
    // Asked for where a consumer of a consumer misses it.
    ['g.spread', ''],
    [idOf('big'), '[]'],
  ])('is rewritten in all of them, asked for at %s', (producer, path) => {
    const rewrites = renameField(types.project, { producer, path, from: 'amount', to: 'total' });
    const mended = rewritten(renamed, rewrites);
    expect(mended.units.get(unit.id)).toMatchObject({ body: unit.body.replace('amount', 'total') });
    expect(mended.units.get(steps.id)).toMatchObject({
      ops: [
        { body: expect.stringContaining('String(row.total)') },
        { body: expect.stringContaining('({ total: amount }) => amount') },
      ],
    });
    expect(mended.checks.get(asCheckId('positive'))?.body).toContain('row.total > 0');
    expect(mended.checks.get(asCheckId('both'))?.body).toContain('orders[0].total === big[0].total');
    expect(mended.checks.get(asCheckId('filled'))?.template).toMatchObject({ columns: ['id', 'total'] });
    expect(mended.checks.get(asCheckId('listed'))?.template).toMatchObject({ column: 'total' });
    const linked = mended.checks.get(asCheckId('linked'));
    expect(linked?.template).toMatchObject({ column: 'id', otherColumn: 'total' });
    expect(linked?.body).toContain("row?.['total']");
    expect(mended.assets.get(idOf('reader'))).toMatchObject({ body: expect.stringContaining('.total') });
    expect(problemsOf(mended)).toEqual([]);
  });
});

test.each(['() => JSON.parse("[]")', '() => [] as Record<string, number>[]', '() => 3'])(
  'a column of a form is not missed where nobody can know of it: %s',
  (producer) => {
    const filled = checks.find(({ name }) => name === 'filled')!;
    const document = graph().asset('orders', producer).document();
    expect(problemsOf({ ...document, checks: new Map([[filled.id, filled]]) })).toEqual([]);
  },
);

describe('a name that is about to be changed', () => {
  test('in the body of a unit reaches what reads its outputs', () => {
    const body = (name: string) =>
      `export default ({ orders }) => ({ all: orders, big: orders.map((o) => ({ ${name}: o.id })) });`;
    const before = { ...shop(), checks: new Map() };
    const made = { ...before, units: new Map([[unit.id, { ...unit, body: body('amount') }]]) };
    const types = typesHarness();
    types.show(made);
    const rewrites = followRename(types.project, {
      id: unit.id,
      after: body('total'),
      from: 'amount',
      to: 'total',
    });
    const next = rewritten(made, rewrites);
    expect(next.units.get(unit.id)).toMatchObject({ body: body('total') });
    expect(next.assets.get(idOf('reader'))).toMatchObject({
      body: 'export default ({ big }) => big[0].total',
    });
    expect(rewrites).toHaveLength(2);
  });

  test('in what a unit yields reaches what reads that output, and not what reads another', () => {
    const body = (name: string) =>
      `import { Output } from 'headwater';\nexport default function* () { yield new Output([{ ${name}: 1 }], { outputName: 'big' }); yield new Output([{ amount: 2 }], { outputName: 'all' }); }`;
    const assets = graph({ ...shop(), checks: new Map() })
      .asset('other', '({ all }) => all[0].amount')
      .document();
    const made = { ...assets, units: new Map([[unit.id, { ...unit, body: body('amount') }]]) };
    const types = typesHarness();
    types.show(made);
    const rewrites = followRename(types.project, {
      id: unit.id,
      after: body('total'),
      from: 'amount',
      to: 'total',
    });
    expect(rewrites.map(({ id }) => id)).toEqual([unit.id, idOf('reader')]);
    expect(problemsOf(rewritten(made, rewrites))).toEqual([]);
  });

  test('in an op reaches the ops that it is wired to', () => {
    const ops = (name: string): GraphUnit => ({
      ...steps,
      ops: [
        { name: 'first', position, args: [], body: `export default () => ({ ${name}: 1 });` },
        { name: 'then', position, args: [{ op: 'first' }], body: 'export default (it) => it.amount;' },
      ],
      results: { result: { op: 'then' } },
    });
    const made = { ...shop(), checks: new Map(), units: new Map([[steps.id, ops('amount')]]) };
    const types = typesHarness();
    types.show(made);
    const rewrites = followRename(types.project, {
      id: 'g.first',
      after: ops('total').ops[0]!.body,
      from: 'amount',
      to: 'total',
    });
    expect(rewritten(made, rewrites).units.get(steps.id)).toMatchObject({
      ops: [{ body: ops('total').ops[0]!.body }, { body: 'export default (it) => it.total;' }],
    });
  });

  test('may be the name of an output, which is called so from then on', () => {
    const types = typesHarness();
    types.show(shop());
    const after = unit.body.replace('big:', 'large:');
    const rewrites = followRename(types.project, { id: unit.id, after, from: 'big', to: 'large' });
    const next = rewritten(shop(), rewrites);
    expect(next.assets.get(idOf('big'))).toMatchObject({ key: 'big', output: 'large' });
    expect(next.units.get(unit.id)).toMatchObject({ body: after });
    expect(rewrites).toHaveLength(1);
    expect(problemsOf(next)).toEqual([]);
  });

  test('may be the name of what an op gives, and its readers stay wired', () => {
    const several: GraphUnit = {
      ...steps,
      ops: [
        {
          name: 'halves',
          position,
          args: [],
          outs: [{ name: 'left' }, { name: 'right' }],
          body: 'export default () => ({ left: 1, right: "x" });',
        },
        {
          name: 'then',
          position,
          args: [{ op: 'halves', output: 'left' }],
          body: 'export default (n) => n;',
        },
      ],
      results: { result: { op: 'then' } },
    };
    const made = { ...shop(), checks: new Map(), units: new Map([[steps.id, several]]) };
    const types = typesHarness();
    types.show(made);
    const after = 'export default () => ({ west: 1, right: "x" });';
    const next = rewritten(
      made,
      followRename(types.project, { id: 'g.halves', after, from: 'left', to: 'west' }),
    );
    expect(next.units.get(steps.id)).toMatchObject({
      ops: [
        { outs: [{ name: 'west' }, { name: 'right' }], body: after },
        { args: [{ op: 'halves', output: 'west' }] },
      ],
    });
  });
});

test('an observable asset that reads a renamed field follows too', () => {
  const watch = {
    kind: 'observable' as const,
    id: idOf('watch'),
    key: 'watch',
    position,
    body: "import { DataVersion } from 'headwater';\nexport default ({ orders }) => new DataVersion(String(orders[0].amount));",
  };
  const before = graph().asset('orders', orders).asset('reader', '({ watch }) => watch.anything').document();
  const made = { ...before, assets: new Map(before.assets).set(watch.id, watch) };
  const types = typesHarness();
  types.show(made);
  expect(problemsOf(made)).toEqual([]);
  const rewrites = followRename(types.project, {
    id: idOf('orders'),
    after: `export default ${orders.replace('amount', 'total')}`,
    from: 'amount',
    to: 'total',
  });
  expect(rewritten(made, rewrites).assets.get(watch.id)).toMatchObject({
    body: watch.body.replace('amount', 'total'),
  });
});
