// Random projects of every kind of definition, for property tests of exports: test code only.

import fc from 'fast-check';
import type {
  Asset,
  Check,
  DataFile,
  Json,
  KeptBodies,
  OpNode,
  ProjectDocument,
  Resource,
  Unit,
} from '#model/document.ts';
import { emptyDocument } from '#model/document.ts';
import { asAssetId, asCheckId, asNoteId, asUnitId } from '#model/ids.ts';

const keys = [
  'orders',
  'raw/orders',
  'raw/d-1',
  'options',
  'con',
  'a.b',
  'Orders',
  'RetryPolicy',
  'x/y/z',
  'op',
];
const place = fc.record({ x: fc.integer({ min: -999, max: 999 }), y: fc.integer({ min: -999, max: 999 }) });
const words = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom(
    'it’s `that` $\u007bso}',
    "it's",
    'two\nlines of text that are longer than forty characters are',
    '\u0000\r\n\u2028',
  ),
);
const name = fc.constantFrom('a', 'b_1', 'limit', 'with space', 'd-e', '0', 'constructor');
const json: fc.Arbitrary<Json> = fc
  .jsonValue({ maxDepth: 3 })
  .map((value) => protoLast(JSON.parse(JSON.stringify(value)) as Json));

/** As reading a project file leaves it: a key of that name comes last. */
function protoLast(value: Json): Json {
  if (Array.isArray(value)) return value.map(protoLast);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, protoLast(item)] as const);
  return Object.fromEntries(
    entries.sort(([a], [b]) => Number(a === '__proto__') - Number(b === '__proto__')),
  );
}
const records = <T>(value: fc.Arbitrary<T>) => fc.dictionary(name, value, { maxKeys: 3 });
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });

const spec = {
  group: some(fc.constantFrom('daily', 'raw')),
  description: some(words),
  tags: some(records(fc.string({ maxLength: 8 }))),
  kinds: some(fc.uniqueArray(fc.constantFrom('csv', 'table', 'python'), { maxLength: 2 })),
  owners: some(fc.constantFrom(['team:a'], ['a@b.co', 'team:b'])),
  metadata: some(records(json)),
  codeVersion: some(words),
};

const schema: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    {
      type: 'object',
      properties: {
        limit: { type: 'integer', minimum: 1, description: 'How many' },
        mode: { type: 'string', enum: ['fast', 'safe'], default: 'safe' },
        tags: { type: 'array', items: { type: 'string', maxLength: 4 } },
        rate: { type: ['number', 'null'] },
        odd: { anyOf: [{ type: 'string' }, { type: 'number' }] },
      },
      required: ['limit'],
      additionalProperties: false,
    },
    { type: 'object', properties: {} },
    true,
  ),
  json,
);

const imports = fc.constantFrom(
  '',
  `import { MaterializeResult } from 'headwater';\n\n`,
  `import { Output, type AssetOptions } from "headwater"\n\n// Why.\n`,
  `import type { Inputs } from '#types/x';\nimport { z } from 'zod';\n\n`,
  `import { AssetIn, RetryPolicy } from 'headwater';\nimport z from '#lib/stats.ts';\n`,
  `/* first */ import * as options from '#lib/stats.ts';\n\n\n`,
  '// A comment with AssetOptions in it.\n',
);
const ends = fc.constantFrom('', '\n', '\n\n');

/** `parameters` is what stands between the parentheses. */
const body = (parameters: string) =>
  fc
    .tuple(
      imports,
      fc.constantFrom('', 'orders', 'first', 'options', 'RetryPolicy'),
      fc.constantFrom(
        'return 1;',
        'return new RetryPolicy();',
        "return `a` + z.length + 'AssetOptions';",
        'return {',
        'AssetOptions;',
      ),
      ends,
    )
    .map(
      ([head, called, code, end]) =>
        `${head}export default function ${called}(${parameters}) {\n  ${code}\n}${end}`,
    );

const bodyFields = {
  config: some(fc.oneof(json, fc.constantFrom<Json>({ limit: 5 }, { limit: 1, more: null }))),
  configSchema: some(schema),
  resources: some(fc.constantFrom(['database'], [])),
  retryPolicy: some(fc.constantFrom({ maxRetries: 2 }, { maxRetries: 1, delay: 2, jitter: 'FULL' as const })),
  timeoutSeconds: some(fc.constantFrom(1, 0.5)),
};
const checks = some(
  fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('is_full', 'is_new'),
      blocking: some(fc.boolean()),
      description: some(words),
    }),
    { maxLength: 2, selector: (check) => check.name },
  ),
);

const testCases = fc.array(
  fc.record({ name: fc.string({ minLength: 1, maxLength: 20 }), inputs: records(json), value: json }),
  { minLength: 1, maxLength: 2 },
);

const draft = fc.record({
  ...spec,
  ...bodyFields,
  kind: fc.constantFrom('asset', 'observable', 'external', 'file'),
  position: place,
  deps: some(fc.constantFrom(['gone'], ['orders', 'gone'], [])),
  ioManager: some(fc.constantFrom('io_manager', 'store')),
  location: some(fc.constant('Sales')),
  kept: some(
    fc.constantFrom<KeptBodies>(
      { asset: { body: 'export default () => 1;\n', config: { n: 1 } } },
      { location: 'Sales' },
    ),
  ),
  isRequired: some(fc.constant(false)),
  testCases: some(testCases),
  checks,
  body: body('{ a, "raw/orders": b }'),
  ins: some(fc.constantFrom({ a: 'raw/orders' }, { a: 'a', gone: 'b' })),
  badRows: some(fc.constantFrom('keep' as const, 'stop' as const)),
  csv: some(fc.constantFrom({ delimiter: ';' }, { header: false, decimal: ',' as const })),
});

function assetOf(
  key: string,
  id: string,
  fields: typeof draft extends fc.Arbitrary<infer T> ? T : never,
): Asset {
  const {
    kind,
    body: text,
    ins,
    checks: own,
    badRows,
    csv,
    isRequired,
    location,
    testCases: cases,
    ...all
  } = fields;
  const { config, configSchema, resources, retryPolicy, timeoutSeconds, ...base } = all;
  const standing = { ...base, id: asAssetId(id), key };
  const runs = { config, configSchema, resources, retryPolicy, timeoutSeconds, body: text, ins, checks: own };
  switch (kind) {
    case 'asset':
      return clean<Asset>({ ...standing, ...runs, isRequired, testCases: cases, kind });
    case 'observable':
      return clean<Asset>({ ...standing, ...runs, kind });
    case 'file':
      return clean<Asset>({ ...standing, kind, path: 'sales.csv', badRows, csv });
    default:
      return clean<Asset>({ ...standing, location, kind: 'external' });
  }
}

const output = fc.record({
  ...spec,
  position: place,
  deps: some(fc.constantFrom(['gone'], ['orders'])),
  ioManager: some(fc.constant('store')),
  isRequired: some(fc.constant(false)),
  isImplicit: some(fc.constant(true)),
  kept: some(fc.constant<KeptBodies>({ asset: { body: 'export default () => 1;\n' } })),
});

const opFields = fc.record({
  ...bodyFields,
  body: body('a, b'),
  description: some(words),
  position: place,
  outs: some(fc.constantFrom([{ name: 'result' }], [{ name: 'left' }, { name: 'map', isRequired: false }])),
});

/** A chain of ops, one of which may give any number of values. */
const ops = fc
  .tuple(fc.array(opFields, { minLength: 1, maxLength: 3 }), fc.boolean())
  .map(([list, isDynamic]): OpNode[] =>
    list.map((fields, i) => {
      const before = list[i - 1];
      const isFirst = i === 0;
      const read = before?.outs?.[0]?.name ?? 'result';
      const from = { op: `step${i - 1}`, ...(read === 'result' ? {} : { output: read }) };
      const outs =
        isFirst && isDynamic && list.length > 2 ? [{ name: 'result', isDynamic: true }] : fields.outs;
      return clean<OpNode>({
        ...fields,
        name: `step${i}`,
        outs,
        args: isFirst
          ? [{ input: 'orders' }]
          : [
              i === 2 && isDynamic
                ? { ...from, collect: true }
                : from.output && i === 1 && isDynamic && list.length > 2
                  ? { op: 'step0' }
                  : from,
            ],
      });
    }),
  );

const unit = fc.record({
  kind: fc.constantFrom('multi', 'multi-observable', 'graph'),
  position: place,
  description: some(words),
  canSubset: some(fc.constant(true)),
  body: body('{ orders }'),
  ins: some(fc.constantFrom({ orders: 'raw/orders' })),
  checks,
  runs: fc.record(bodyFields),
  internalDeps: some(fc.constant({ first: ['orders'] })),
  kept: some(fc.record({ body: body('{ orders }') })),
  ops,
});

const check = fc.record({
  ...bodyFields,
  name: fc.constantFrom('is_full', 'is_new'),
  specs: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('is_full', 'is_new'),
      asset: fc.constantFrom('orders', 'raw/orders'),
      blocking: some(fc.boolean()),
      metadata: some(records(json)),
    }),
    { minLength: 1, maxLength: 2, selector: (spec) => spec.name },
  ),
  template: some(json),
  canSubset: some(fc.constant(true)),
  ins: some(fc.constant({ other: 'x' })),
  body: body('{ orders, other }'),
});

const resource = fc.record({
  kind: fc.constantFrom('resource' as const, 'ioManager' as const),
  body: fc.constantFrom(
    'export default class {}\n',
    'export default class Store extends ConfigurableIOManager(z) {}',
  ),
  config: some(
    fc.constantFrom<Json>({ host: { env: 'HOST' }, port: 1 }, {}, { nested: [{ env: 'A' }, 'b'] }),
  ),
  configSchema: some(json),
  description: some(words),
});

const file: DataFile = {
  path: 'sales.csv',
  format: 'csv',
  sha256: 'ab'.repeat(32),
  bytes: 12,
  data: 'YSxiCjEsMgo=',
};

/** Definitions of every kind. Not all of them make sense together: an export holds them all the same. */
export const randomProject: fc.Arbitrary<ProjectDocument> = fc
  .record({
    assets: fc.array(draft, { maxLength: keys.length }),
    units: fc.array(fc.tuple(unit, fc.array(output, { minLength: 1, maxLength: 3 })), { maxLength: 3 }),
    checks: fc.uniqueArray(check, { maxLength: 2, selector: ({ name: of }) => of }),
    resources: fc.array(resource, { maxLength: 2 }),
    info: fc.record({ name: fc.string({ minLength: 1, maxLength: 20 }), description: some(words) }),
    note: some(fc.record({ text: words, position: place })),
    hue: some(fc.integer({ min: 0, max: 9 })),
  })
  .map(({ assets, units, checks: checkList, resources, info, note, hue }) => {
    const all = assets.map((fields, i) => assetOf(keys[i]!, `asset-${i}`, fields));
    const unitList = units.map(([fields, outputs], i) => {
      const id = asUnitId(`unit-${i}`);
      const { kind, runs, ops: nodes, internalDeps, kept, body: text, ...shared } = fields;
      const names = ['first', 'second', 'result'].slice(0, outputs.length);
      outputs.forEach((made, j) => {
        all.push(
          clean<Asset>({
            ...made,
            kind: 'output',
            id: asAssetId(`out-${i}-${j}`),
            key: `made/${i}_${j}`,
            unit: id,
            output: names[j]!,
          }),
        );
      });
      const last = nodes.at(-1)!;
      const given = last.outs?.[0]?.name ?? 'result';
      const result = { op: last.name, ...(given === 'result' ? {} : { output: given }) };
      const common = { ...shared, id, name: ['split', 'report', 'op'][i]! };
      return kind === 'graph'
        ? clean<Unit>({
            ...common,
            kind,
            ops: nodes,
            results: Object.fromEntries(names.map((each) => [each, result])),
          })
        : clean<Unit>({ ...common, ...runs, kind: kind as 'multi', body: text, internalDeps, kept });
    });
    const checked = checkList.map(
      (fields, i): Check => clean<Check>({ ...fields, id: asCheckId(`check-${i}`) }),
    );
    const resourceList = resources.map(
      (fields, i): Resource => clean<Resource>({ ...fields, key: ['database', 'store'][i]! }),
    );
    const hasFile = all.some(({ kind }) => kind === 'file');
    return {
      ...emptyDocument(info.name),
      info: clean<ProjectDocument['info']>(info),
      assets: new Map(all.map((asset) => [asset.id, asset])),
      units: new Map(unitList.map((each) => [each.id, each])),
      checks: new Map(checked.map((each) => [each.id, each])),
      resources: new Map(resourceList.map((each) => [each.key, each])),
      groups: new Map(hue === undefined ? [] : [['daily', { name: 'daily', hue }]]),
      modules: new Map([['stats', { name: 'stats', body: 'export const mean = 1;\n' }]]),
      files: new Map(hasFile ? [[file.path, file]] : []),
      notes: new Map(
        note ? [[asNoteId('n1'), { ...note, id: asNoteId('n1'), width: 200, height: 100 }]] : [],
      ),
    };
  });

/** Without the fields that are undefined, as a document has it. */
function clean<T>(record: object): T {
  if (Array.isArray(record)) return record.map((item) => (isRecord(item) ? clean(item) : item)) as T;
  return Object.fromEntries(
    Object.entries(record)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, isRecord(value) ? clean(value) : value]),
  ) as T;
}

const isRecord = (value: unknown): value is object => typeof value === 'object' && value !== null;
