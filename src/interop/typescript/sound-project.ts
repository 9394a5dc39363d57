// Random projects that stand and load: of every kind of definition, each with fields of its own. Test code only.

import fc from 'fast-check';
import type {
  Asset,
  Check,
  CodeAsset,
  DataFile,
  GraphUnit,
  MultiUnit,
  ProjectDocument,
  Resource,
} from '#model/document.ts';
import { asAssetId, asCheckId, asUnitId } from '#model/ids.ts';
import { randomDocument } from '#model/random-graph.ts';

const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const position = fc.record({
  x: fc.integer({ min: -999, max: 999 }),
  y: fc.integer({ min: -999, max: 999 }),
});
const word = fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/);

const described = fc.record({
  group: some(fc.constantFrom('daily', 'raw')),
  description: some(fc.string({ unit: 'grapheme', maxLength: 60 })),
  tags: some(fc.dictionary(word, word, { maxKeys: 2 })),
  kinds: some(fc.constantFrom(['csv'], ['table', 'python'])),
  owners: some(fc.constantFrom(['team:a'], ['a@b.co', 'team:b'])),
  metadata: some(fc.dictionary(word, fc.oneof(fc.string(), fc.integer(), fc.boolean()), { maxKeys: 3 })),
  codeVersion: some(word),
});

const configs = fc.constantFrom(
  {},
  { config: { limit: 5, name: 'it’s' } },
  {
    config: { limit: 5 },
    configSchema: {
      type: 'object',
      properties: {
        limit: { type: 'integer', minimum: 1, description: 'How many' },
        mode: { type: 'string', enum: ['fast', 'safe'], default: 'safe' },
        tags: { type: 'array', items: { type: 'string', maxLength: 4 } },
      },
      required: ['limit'],
      additionalProperties: false,
    },
  },
);

const runs = fc.record({
  retryPolicy: some(fc.constantFrom({ maxRetries: 2 }, { maxRetries: 1, delay: 2, jitter: 'FULL' as const })),
  timeoutSeconds: some(fc.constantFrom(1, 0.5)),
  resources: some(fc.constantFrom(['database'], [])),
});
const code = fc.record({
  spec: described,
  run: runs,
  config: configs,
  isKept: fc.boolean(),
  isTested: fc.boolean(),
});

const heads = fc.constantFrom(
  '',
  `import { MaterializeResult } from 'headwater';\n\n`,
  `import { AssetIn, RetryPolicy } from 'headwater';\nimport { z } from 'zod';\n\n// Why.\n`,
  `import type { Inputs } from '#types/a';\nimport { mean } from '#lib/stats.ts';\n`,
);
/** `called` is the function's name. */
const body = (parameters: string, called = '', star = '') =>
  heads.map(
    (head) => `${head}export default function${star} ${called}(${parameters}) {\n  return null;\n}\n`,
  );

const resources: readonly Resource[] = [
  {
    key: 'database',
    kind: 'resource',
    config: { host: { env: 'HOST' }, port: 1 },
    body: `import { ConfigurableResource } from 'headwater';
import { z } from 'zod';

export default class Database extends ConfigurableResource(z.object({ host: z.string(), port: z.number() })) {}
`,
  },
  {
    key: 'store',
    kind: 'ioManager',
    body: `import { ConfigurableIOManager } from 'headwater';
import { z } from 'zod';

export default class Store extends ConfigurableIOManager(z.object({})) {
  handleOutput() {}
  loadInput() {}
}
`,
  },
];

const file: DataFile = {
  path: 'sales.csv',
  format: 'csv',
  sha256: 'ab'.repeat(32),
  bytes: 12,
  data: 'YSxiCjEsMgo=',
};

const multi = fc.record({
  spec: fc.tuple(described, described),
  run: runs,
  config: configs,
  body: body('{ a }', 'split'),
  kind: fc.constantFrom('multi' as const, 'multi-observable' as const),
  canSubset: some(fc.constant(true)),
});
const ops = fc.record({
  spec: described,
  runs: fc.array(fc.tuple(runs, configs), { minLength: 3, maxLength: 3 }),
  first: body('a', 'first'),
  next: body('each'),
  isDynamic: fc.boolean(),
});
const standing = fc.record({
  external: some(fc.tuple(described, some(fc.constant('Sales')))),
  observable: some(code),
  observed: body('', 'watched'),
  file: some(described),
  multi: some(multi),
  graph: some(ops),
  check: some(fc.record({ body: body('{ a }', 'is_full'), run: runs, blocking: fc.boolean() })),
  hasStore: fc.boolean(),
  spots: fc.array(position, { minLength: 8, maxLength: 8 }),
});

/** Valid by `validateDocument`, and what its exported files say loads in Node. */
export const soundProject: fc.Arbitrary<ProjectDocument> = fc
  .tuple(randomDocument, fc.array(code, { minLength: 7, maxLength: 7 }), standing)
  .map(([base, decorations, more]) => {
    const { spots } = more;
    const coded = [...base.assets.values()].map((asset, i): Asset => {
      const { spec, run, config, isKept, isTested } = decorations[i]!;
      const ioManager = isKept && more.hasStore ? 'store' : undefined;
      const testCases = isTested ? [{ name: 'a run', inputs: { a: [1] }, value: null }] : undefined;
      return clean<CodeAsset>({ ...(asset as CodeAsset), ...spec, ...run, ...config, ioManager, testCases });
    });
    const assets = [...coded, ...others(more)];
    const units = unitsOf(more);
    const checks: Check[] = more.check
      ? [
          clean<Check>({
            id: asCheckId('check'),
            name: 'is_full',
            specs: [clean({ name: 'is_full', asset: 'a', blocking: more.check.blocking || undefined })],
            body: more.check.body,
            ...more.check.run,
          }),
        ]
      : [];
    return {
      ...base,
      assets: new Map(assets.map((asset, i) => [asset.id, { ...asset, position: spots[i % 8]! }])),
      units: new Map(units.map((unit) => [unit.id, unit])),
      checks: new Map(checks.map((check) => [check.id, check])),
      resources: new Map(
        resources
          .filter(({ key }) => key === 'database' || more.hasStore)
          .map((resource) => [resource.key, resource]),
      ),
      files: new Map(more.file ? [[file.path, file]] : []),
      modules: new Map([
        ['stats', { name: 'stats', body: 'export const mean = (n: number): number => n;\n' }],
      ]),
    };
  });

type Standing = typeof standing extends fc.Arbitrary<infer T> ? T : never;

const origin = { x: 0, y: 0 };
const multiId = asUnitId('multi');
const graphId = asUnitId('graph');

function others({ external, observable, observed, file: data, multi: made, graph }: Standing): Asset[] {
  const all: Asset[] = [];
  const base = (id: string, key: string) => ({ id: asAssetId(id), key, position: origin });
  if (external)
    all.push(
      clean<Asset>({ ...base('ext', 'sales'), ...external[0], location: external[1], kind: 'external' }),
    );
  if (observable) {
    const { kinds: _, codeVersion: __, ...spec } = observable.spec;
    const { retryPolicy: ___, ...run } = observable.run;
    const fields = { ...spec, ...run, ...observable.config, body: observed };
    all.push(clean<Asset>({ ...base('obs', 'watched'), ...fields, kind: 'observable' }));
  }
  if (data)
    all.push(clean<Asset>({ ...base('file', 'raw/sales'), ...data, kind: 'file', path: 'sales.csv' }));
  if (made)
    ['left', 'right'].forEach((output, i) => {
      const spec = made.spec[i]!;
      const { kinds, codeVersion, ...observedSpec } = spec;
      const fields = made.kind === 'multi' ? { ...observedSpec, kinds, codeVersion } : observedSpec;
      const key = `made/${output}`;
      all.push(clean<Asset>({ ...base(output, key), ...fields, kind: 'output', unit: multiId, output }));
    });
  if (graph)
    all.push(
      clean<Asset>({
        ...base('report', 'report'),
        ...graph.spec,
        kind: 'output',
        unit: graphId,
        output: 'result',
      }),
    );
  return all;
}

function unitsOf({ multi: made, graph }: Standing): (MultiUnit | GraphUnit)[] {
  const units: (MultiUnit | GraphUnit)[] = [];
  if (made) {
    const { kind, body: text, run, config, canSubset } = made;
    const { retryPolicy, ...observedRun } = run;
    const fields = kind === 'multi' ? { ...observedRun, retryPolicy, canSubset } : observedRun;
    const own = { id: multiId, name: 'split', position: origin, kind, body: text };
    units.push(clean<MultiUnit>({ ...own, ...fields, ...config }));
  }
  if (graph) {
    const op = (i: number, fields: object) => clean({ position: origin, ...fields, ...runOf(i) });
    const runOf = (i: number) => ({ ...graph.runs[i]![0], ...graph.runs[i]![1] });
    const outs = graph.isDynamic ? [{ name: 'result', isDynamic: true }] : undefined;
    const last = graph.isDynamic ? { op: 'next', collect: true } : { op: 'next' };
    units.push({
      id: graphId,
      kind: 'graph',
      name: 'report',
      position: origin,
      ins: { a: 'a' },
      ops: [
        op(0, { name: 'first', body: graph.first, args: [{ input: 'a' }], outs }),
        op(1, { name: 'next', body: graph.next, args: [{ op: 'first' }] }),
        op(2, { name: 'last', body: graph.next, args: [last] }),
      ] as GraphUnit['ops'],
      results: { result: { op: 'last' } },
    });
  }
  return units;
}

/** Without the fields that are undefined, as a document has it. */
function clean<T>(record: object): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}
