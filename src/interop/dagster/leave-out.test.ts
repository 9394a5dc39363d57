import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Check, ProjectDocument, Resource, Unit } from '#model/document.ts';
import { buildGraph } from '#model/graph.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { asCheckId, asUnitId } from '#model/ids.ts';
import { validateDocument } from '#model/validate.ts';
import { randomProject } from '../typescript/random-project.ts';
import { leaveOutProblems } from './leave-out.ts';
import { writeDagsterProject } from './write-project.ts';

const said = (document: ProjectDocument): readonly string[] =>
  leaveOutProblems(document).leftOut.map(({ subject, message }) => `${subject}: ${message}`);
const keysOf = ({ assets }: ProjectDocument): readonly string[] => [...assets.values()].map(({ key }) => key);

const outputOf = (unit: Unit, name: string) =>
  ({
    kind: 'output',
    id: idOf(name),
    key: name,
    position: { x: 0, y: 0 },
    unit: unit.id,
    output: name,
  }) as const;

test('a document without problems stays the document that it is', () => {
  const document = graph().asset('a').asset('b', '({ a }) => a').document();
  expect(leaveOutProblems(document)).toEqual({ document, leftOut: [] });
  expect(leaveOutProblems(document).document).toBe(document);
});

test('what reads or waits for something left out is left out too, with the reason', () => {
  const document = graph()
    .asset('orders', '({ nowhere }) => nowhere')
    .asset('total', '({ orders }) => orders')
    .asset('mail', '() => 1', { deps: ['total'] })
    .asset('weather')
    .document();
  expect(said(document)).toEqual([
    'orders: Its input “nowhere” reads “nowhere”, which no asset has.',
    'total: It reads “orders”, which is left out.',
    'mail: It waits for “total”, which is left out.',
  ]);
  expect(keysOf(leaveOutProblems(document).document)).toEqual(['weather']);
});

test('all of a circle is left out, once', () => {
  const document = graph().asset('a', '({ b }) => b').asset('b', '({ a }) => a').asset('apart').document();
  expect(said(document)).toEqual([
    expect.stringMatching(/^[ab]: It waits for itself: (a → b → a|b → a → b)\.$/),
    expect.stringMatching(/^[ab]: It reads “[ab]”, which is left out\.$/),
  ]);
  expect(keysOf(leaveOutProblems(document).document)).toEqual(['apart']);
});

test('a reader does not fall back to another asset of the same name', () => {
  const document = graph()
    .asset('orders', '({ nowhere }) => nowhere', { group: 'daily' })
    .asset('raw/orders', '() => 2', { group: 'daily' })
    .asset('total', '({ orders }) => orders', { group: 'daily' })
    .document();
  expect(keysOf(leaveOutProblems(document).document)).toEqual(['raw/orders']);
});

test('outputs of one body go together, and checks go with what they check or read', () => {
  const unit: Unit = {
    kind: 'multi',
    id: asUnitId('unit'),
    name: 'both',
    position: { x: 0, y: 0 },
    body: 'export default ({ nowhere }) => ({ left: nowhere, right: 1 })',
  };
  const check = (name: string, asset: string, body: string, ins?: Check['ins']): Check => ({
    id: asCheckId(name),
    name,
    specs: [{ name, asset }],
    body,
    ...(ins ? { ins } : {}),
  });
  const plain = graph().asset('apart').document();
  const document: ProjectDocument = {
    ...plain,
    assets: new Map([
      ...plain.assets,
      [idOf('left'), outputOf(unit, 'left')],
      [idOf('right'), outputOf(unit, 'right')],
    ]),
    units: new Map([[unit.id, unit]]),
    checks: new Map(
      [
        check('fine', 'right', 'export default ({ right }) => right > 0'),
        check('equal', 'apart', 'export default ({ apart, left }) => apart === left', { left: 'left' }),
        check('kept', 'apart', 'export default ({ apart }) => apart > 0'),
      ].map((item) => [item.id, item]),
    ),
  };
  const { document: rest, leftOut } = leaveOutProblems(document);
  expect(keysOf(rest)).toEqual(['apart']);
  expect([...rest.units]).toEqual([]);
  expect([...rest.checks.values()].map(({ name }) => name)).toEqual(['kept']);
  expect(leftOut.map(({ subject }) => subject)).toEqual(['left', 'both', 'right', 'fine', 'equal']);
});

test('a body that would have to run twice, before and after another, is left out', () => {
  const unit: Unit = {
    kind: 'multi',
    id: asUnitId('twice'),
    name: 'twice',
    position: { x: 0, y: 0 },
    body: 'export default ({ middle }) => ({ first: 1, last: middle })',
    internalDeps: { first: [], last: ['middle'] },
  };
  const plain = graph().asset('middle', '({ first }) => first').asset('apart').document();
  const document: ProjectDocument = {
    ...plain,
    assets: new Map([
      ...plain.assets,
      [idOf('first'), outputOf(unit, 'first')],
      [idOf('last'), outputOf(unit, 'last')],
    ]),
    units: new Map([[unit.id, unit]]),
  };
  expect(said(document)[0]).toMatch(/some are made by one body that reads what is made from others of them/);
  expect(keysOf(leaveOutProblems(document).document)).toEqual(['apart']);
  const splittable = { ...document, units: new Map([[unit.id, { ...unit, canSubset: true }]]) };
  expect(said(splittable)).toEqual([]);
});

test('a resource that Python cannot have takes along what asks for it and what it keeps', () => {
  const resource = (key: string, kind: Resource['kind'], field: string): [string, Resource] => [
    key,
    { key, kind, body: 'export default class {}', config: { [field]: 1 } },
  ];
  const plain = graph()
    .asset('asks', '({}, context) => context.resources.api.get()')
    .asset('kept', '() => 1', { ioManager: 'shelf' })
    .asset('apart')
    .document();
  const document = {
    ...plain,
    resources: new Map([resource('api', 'resource', 'model_name'), resource('shelf', 'ioManager', 'class')]),
  };
  expect(said(document)).toEqual([
    'api: Python has no field called “model_name”; give the field another name.',
    'shelf: Python has no field called “class”; give the field another name.',
    'asks: It asks for the resource “api”, which is left out.',
    'kept: The IO manager “shelf” keeps it, which is left out.',
  ]);
  expect(keysOf(leaveOutProblems(document).document)).toEqual(['apart']);
});

test('the project says what it does not have, and says it with its files', () => {
  const written = writeDagsterProject(graph().asset('a', '({ nowhere }) => nowhere').asset('b').document(), {
    isPartial: true,
  });
  if (!written.ok) throw new Error('Nothing was written.');
  expect(written.value.leftOut.map(({ subject }) => subject)).toEqual(['a']);
  expect(written.value.files.find(({ path }) => path.endsWith('definitions.py'))?.text).toContain(
    'assets=[default.b]',
  );
});

test('whatever the project is, the rest can be written, and reads what it read before', () => {
  fc.assert(
    fc.property(randomProject, fc.nat(), (whole, n) => {
      const lost = [...whole.assets.values()].filter(({ kind }) => kind !== 'output');
      const document = {
        ...whole,
        assets: new Map([...whole.assets].filter(([id]) => id !== lost[n % (lost.length + 1)]?.id)),
      };
      if (validateDocument(document).length > 0) return;
      const { document: rest, leftOut } = leaveOutProblems(document);
      expect(writeDagsterProject(rest).ok).toBe(true);
      const edgesOf = (each: ProjectDocument) =>
        buildGraph(each)
          .edges.filter(({ to }) => rest.assets.has(to))
          .map(({ from, to, kind }) => `${from} ${kind} ${to}`);
      expect(edgesOf(rest)).toEqual(edgesOf(document));
      const gone = new Set(
        leftOut.flatMap(({ place }) => ('id' in place ? [place.id] : [place.key as string])),
      );
      for (const id of document.assets.keys()) expect(gone.has(id)).toBe(!rest.assets.has(id));
    }),
    { numRuns: 300 },
  );
});
