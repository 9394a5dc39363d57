import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyDiff, invertDiff } from '../diff.ts';
import type { GraphUnit, OpNode, OutputAsset, ProjectDocument } from '../document.ts';
import { formatDocument } from '../format-document.ts';
import { buildGraph } from '../graph.ts';
import { graph, idOf } from '../graph-builder.ts';
import { asUnitId } from '../ids.ts';
import { editBetween } from '../text-edit.ts';
import { applyCommand } from './apply-command.ts';
import type { Command } from './command.ts';
import type { OpSource } from './op-edits.ts';

const id = asUnitId('slow');
const position = { x: 0, y: 0 };
const op = (name: string, body: string, fields: Partial<OpNode> = {}): OpNode => ({
  name,
  position,
  args: [],
  body: `export default ${body}`,
  ...fields,
});
const unit: GraphUnit = {
  kind: 'graph',
  id,
  name: 'slow',
  position,
  ops: [
    op('fetch', 'async function fetch(context) { return 1; }'),
    op('clean', '(fetch: Map<string, number>, context) => fetch', { args: [{ op: 'fetch' }] }),
    op('spread', '(context) => [1, 2]', { outs: [{ name: 'each', isDynamic: true }] }),
    op('sum', '(left, right) => left + right'),
  ],
  results: { result: { op: 'clean' } },
};
const output: OutputAsset = {
  kind: 'output',
  id: idOf('slow'),
  key: 'slow',
  position,
  unit: id,
  output: 'result',
};
const add: Command = { type: 'AddAssets', units: [unit], assets: [output] };
const base = graph().asset('orders').asset('more').document();

function applied(document: ProjectDocument, ...commands: readonly Command[]): ProjectDocument {
  let current = document;
  for (const command of commands) {
    const diff = applyCommand(current, command);
    if (!diff.ok) throw new Error(JSON.stringify(diff.error));
    const next = applyDiff(current, diff.value);
    if (!next.ok) throw new Error('the diff does not apply');
    const back = applyDiff(next.value, invertDiff(diff.value));
    expect(back.ok && formatDocument(back.value)).toBe(formatDocument(current));
    current = next.value;
  }
  return current;
}
const start = applied(base, add);
const unitOf = (document: ProjectDocument) => document.units.get(id) as GraphUnit;
const opOf = (document: ProjectDocument, name: string) =>
  unitOf(document).ops.find((each) => each.name === name)!;
const headOf = (document: ProjectDocument, name: string) => opOf(document, name).body.split('=>')[0];
const refusal = (document: ProjectDocument, command: Command) => {
  const diff = applyCommand(document, command);
  return diff.ok ? undefined : diff.error;
};
const connect = (from: OpSource, to: string): Command => ({
  type: 'ConnectOps',
  unit: id,
  from,
  to: { op: to },
});
const disconnect = (from: OpSource, to: string): Command => ({
  type: 'DisconnectOps',
  unit: id,
  from,
  to: { op: to },
});

describe('an edge between ops', () => {
  test('adds a parameter before the context, and takes it away again', () => {
    const next = applied(start, connect({ op: 'fetch' }, 'spread'), connect({ op: 'sum' }, 'clean'));
    expect(headOf(next, 'spread')).toBe('export default (fetch, context) ');
    expect(headOf(next, 'clean')).toBe('export default (fetch: Map<string, number>, sum, context) ');
    expect(opOf(next, 'clean').args).toEqual([{ op: 'fetch' }, { op: 'sum' }]);
    const back = applied(next, disconnect({ op: 'sum' }, 'clean'), disconnect({ op: 'fetch' }, 'spread'));
    expect(formatDocument(back)).toBe(formatDocument(start));
  });

  test('takes the first free place where the body names more than it is given', () => {
    const next = applied(start, connect({ op: 'fetch' }, 'sum'), connect({ op: 'clean' }, 'sum'));
    expect(opOf(next, 'sum').args).toEqual([{ op: 'fetch' }, { op: 'clean' }]);
    expect(headOf(next, 'sum')).toBe('export default (fetch, clean, left, right) ');
  });

  test('names what the body leaves unnamed, so that the new value has its own place', () => {
    const bare = applied(start, {
      type: 'AddOp',
      unit: id,
      op: op('bare', '() => 1', { args: [{ op: 'fetch' }] }),
    });
    expect(headOf(applied(bare, connect({ op: 'clean' }, 'bare')), 'bare')).toBe(
      'export default (fetch, clean) ',
    );
  });

  test('does not close a circle, and is drawn once', () => {
    expect(refusal(start, connect({ op: 'clean' }, 'fetch'))?.type).toBe('OpCannotConnect');
    expect(refusal(start, connect({ op: 'fetch' }, 'fetch'))?.type).toBe('OpCannotConnect');
    expect(refusal(start, connect({ op: 'fetch' }, 'clean'))?.type).toBe('OpCannotConnect');
    expect(refusal(start, connect({ op: 'nobody' }, 'clean'))?.type).toBe('OpNotFound');
  });

  test('from a second dynamic result gathers all of its values', () => {
    const other = op('other', '() => [1]', { outs: [{ name: 'result', isDynamic: true }] });
    const spread = { op: 'spread', output: 'each' };
    const next = applied(
      start,
      { type: 'AddOp', unit: id, op: other },
      connect(spread, 'sum'),
      connect({ op: 'other' }, 'sum'),
    );
    expect(opOf(next, 'sum').args).toEqual([spread, { op: 'other', collect: true }]);
    const swapped = applied(
      next,
      { type: 'CollectResult', unit: id, op: 'sum', from: { op: 'other' }, collect: false },
      { type: 'CollectResult', unit: id, op: 'sum', from: spread, collect: true },
    );
    expect(opOf(swapped, 'sum').args).toEqual([{ ...spread, collect: true }, { op: 'other' }]);
  });
});

describe('what becomes an asset', () => {
  const result = (from: OpSource): Command => ({
    type: 'ConnectOps',
    unit: id,
    from,
    to: { output: 'result' },
  });
  test('is one value of an op', () => {
    expect(unitOf(applied(start, result({ op: 'fetch' }))).results).toEqual({ result: { op: 'fetch' } });
    expect(refusal(start, result({ op: 'clean' }))?.type).toBe('OpCannotConnect');
    expect(refusal(start, result({ op: 'spread', output: 'each' }))?.type).toBe('OpCannotConnect');
    expect(refusal(start, result({ input: 'orders' }))?.type).toBe('OpCannotConnect');
  });
});

describe('a graph input', () => {
  const read: Command = { type: 'ConnectAssets', from: idOf('orders'), to: idOf('slow'), kind: 'value' };
  test('comes with an edge between assets, is given to ops, and goes with the parameters', () => {
    const next = applied(start, read, connect({ input: 'orders' }, 'fetch'));
    expect(opOf(next, 'fetch').body).toContain('function fetch(orders, context)');
    const back = applied(next, { type: 'DisconnectAssets', from: idOf('orders'), to: idOf('slow') });
    expect(formatDocument(back)).toBe(formatDocument(start));
  });

  test('follows the rename of its asset', () => {
    const next = applied(start, read, connect({ input: 'orders' }, 'fetch'), {
      type: 'RenameAsset',
      id: idOf('orders'),
      key: 'raw/orders',
    });
    expect(unitOf(next).ins).toEqual({ orders: 'raw/orders' });
    expect(buildGraph(next).edges).toMatchObject([
      { from: idOf('orders'), to: idOf('slow'), input: 'orders' },
    ]);
  });
});

test('a graph is called like the one asset it makes, for as long as it was', () => {
  const next = applied(start, { type: 'RenameAsset', id: idOf('slow'), key: 'clean/slow-report' });
  expect(unitOf(next).name).toBe('clean__slow_report');
  const own = applied(
    start,
    { type: 'UpdateUnit', id, change: { name: 'mine' } },
    { type: 'RenameAsset', id: idOf('slow'), key: 'fast' },
  );
  expect(unitOf(own).name).toBe('mine');
});

describe('an op', () => {
  test('is renamed with its function and everyone who reads it', () => {
    const next = applied(start, { type: 'RenameOp', unit: id, op: 'fetch', name: 'load' });
    expect(opOf(next, 'load').body).toContain('function load(context)');
    expect(opOf(next, 'clean').args).toEqual([{ op: 'load' }]);
    const last = applied(start, { type: 'RenameOp', unit: id, op: 'clean', name: 'tidy' });
    expect(unitOf(last).results).toEqual({ result: { op: 'tidy' } });
    const rename = (name: string): Command => ({ type: 'RenameOp', unit: id, op: 'fetch', name });
    expect(refusal(start, rename('clean'))?.type).toBe('OpNameTaken');
    expect(refusal(start, rename('two words'))?.type).toBe('NameInvalid');
  });

  test('is deleted, and its readers read what it read', () => {
    const longer = applied(
      start,
      { type: 'AddOp', unit: id, op: op('last', '(clean) => clean', { args: [{ op: 'clean' }] }) },
      { type: 'ConnectOps', unit: id, from: { op: 'last' }, to: { output: 'result' } },
    );
    const next = applied(longer, { type: 'DeleteOps', unit: id, ops: ['clean', 'last'] });
    expect(unitOf(next).results).toEqual({ result: { op: 'fetch' } });
    expect(opOf(applied(longer, { type: 'DeleteOps', unit: id, ops: ['clean'] }), 'last')).toMatchObject({
      args: [{ op: 'fetch' }],
      body: 'export default (clean) => clean',
    });
    const without = applied(start, { type: 'DeleteOps', unit: id, ops: ['fetch'] });
    expect(opOf(without, 'clean')).toMatchObject({ args: [] });
    expect(headOf(without, 'clean')).toBe('export default (context) ');
  });

  test('whose results are renamed keeps its readers; one that is gone takes its edges along', () => {
    const read = applied(start, connect({ op: 'spread', output: 'each' }, 'sum'));
    const update = (...names: string[]): Command => ({
      type: 'UpdateOp',
      unit: id,
      op: 'spread',
      change: { outs: names.map((name) => ({ name })) },
    });
    expect(opOf(applied(read, update('part')), 'sum').args).toEqual([{ op: 'spread', output: 'part' }]);
    const gone = opOf(applied(read, update('one', 'two')), 'sum');
    expect(gone.args).toEqual([]);
    expect(gone.body).toBe('export default (left, right) => left + right');
  });

  test('its settings and its body are changed', () => {
    const retryPolicy = { maxRetries: 2 };
    const next = applied(start, { type: 'UpdateOp', unit: id, op: 'fetch', change: { retryPolicy } });
    expect(opOf(next, 'fetch')).toMatchObject({ retryPolicy });
    const without = applied(next, { type: 'UpdateOp', unit: id, op: 'fetch', change: { retryPolicy: null } });
    expect(formatDocument(without)).toBe(formatDocument(start));
    const { body } = opOf(start, 'fetch');
    const edit = editBetween(body, `// more\n${body}`)!;
    expect(opOf(applied(start, { type: 'EditUnitBody', id, op: 'fetch', edit }), 'fetch').body).toMatch(
      /^\/\/ more/,
    );
  });
});

test('whatever is done to ops, undo gives the document back', () => {
  const names = ['fetch', 'clean', 'spread', 'sum'];
  const froms: readonly OpSource[] = [
    ...names.map((name) => ({ op: name })),
    { op: 'spread', output: 'each' },
    { input: 'orders' },
  ];
  const target = fc.oneof(
    fc.constantFrom(...names).map((name) => ({ op: name })),
    fc.constant({ output: 'result' }),
  );
  const act: fc.Arbitrary<Command> = fc.oneof(
    fc.record({
      type: fc.constant('ConnectOps' as const),
      unit: fc.constant(id),
      from: fc.constantFrom(...froms),
      to: target,
    }),
    fc.record({
      type: fc.constant('DisconnectOps' as const),
      unit: fc.constant(id),
      from: fc.constantFrom(...froms),
      to: target,
    }),
    fc.constantFrom<Command>(
      { type: 'ConnectAssets', from: idOf('orders'), to: idOf('slow'), kind: 'value' },
      { type: 'DisconnectAssets', from: idOf('orders'), to: idOf('slow') },
      { type: 'DeleteOps', unit: id, ops: ['fetch'] },
      { type: 'DeleteOps', unit: id, ops: ['clean', 'sum'] },
      { type: 'RenameOp', unit: id, op: 'clean', name: 'tidy' },
      { type: 'RenameAsset', id: idOf('orders'), key: 'raw/orders' },
      { type: 'MoveOps', unit: id, ops: [['sum', { x: 8, y: 8 }]] },
      { type: 'AddOp', unit: id, op: op('fetch', '() => 2') },
      { type: 'CollectResult', unit: id, op: 'sum', from: { op: 'spread', output: 'each' }, collect: true },
      { type: 'UpdateOp', unit: id, op: 'spread', change: { outs: null } },
      { type: 'UpdateOp', unit: id, op: 'sum', change: { timeoutSeconds: 3 } },
      { type: 'DeleteItems', assets: [idOf('orders')], heal: true },
    ),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 14 }), (commands) => {
      let document = start;
      for (const command of commands)
        if (applyCommand(document, command).ok) document = applied(document, command);
    }),
    { numRuns: 300 },
  );
});
