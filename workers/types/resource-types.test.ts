import { describe, expect, test } from 'vitest';
import type { Check, GraphUnit, MultiUnit, OutputAsset, ProjectDocument, Resource } from '#model/document.ts';
import { graph, idOf } from '#model/graph-builder.ts';
import { asCheckId, asUnitId } from '#model/ids.ts';
import { typesHarness } from './types-harness.ts';

const position = { x: 0, y: 0 };
const currency = (result: string, head = ''): Resource => ({
  key: 'currency',
  kind: 'resource',
  body: `import { ConfigurableResource } from 'headwater';
import { z } from 'zod';
${head}
export default class Currency extends ConfigurableResource(z.object({ code: z.string(), rate: z.number().default(1) })) {
  from(dollars: number) { return ${result}; }
}
`,
});
const store: Resource = {
  key: 'rows_store',
  kind: 'ioManager',
  body: `import { ConfigurableIOManager, type InputContext, type OutputContext } from 'headwater';
import { z } from 'zod';
export default class RowsStore extends ConfigurableIOManager(z.object({ folder: z.string() })) {
  async handleOutput(context: OutputContext, value: unknown): Promise<void> {}
  async loadInput(context: InputContext): Promise<unknown> { return []; }
}
`,
};
const withResources = (document: ProjectDocument, ...resources: Resource[]): ProjectDocument => ({
  ...document,
  resources: new Map(resources.map((resource) => [resource.key, resource])),
});

const uses = (context: string) =>
  `${context}.resources.currency.from(1) + ${context}.resources.currency.rate`;
const misuse = (context: string) => `${context}.resources.currency.form(1)`;

/** A project in which every kind of body asks for the resource. */
function everyBody(of: (context: string) => string): ProjectDocument {
  const unit: MultiUnit = {
    kind: 'multi',
    id: asUnitId('unit'),
    name: 'split',
    position,
    body: `export default (_, context) => ({ left: ${of('context')} });`,
  };
  const steps: GraphUnit = {
    kind: 'graph',
    id: asUnitId('steps'),
    name: 'steps',
    position,
    ops: [{ name: 'first', position, args: [], body: `export default (context) => ${of('context')};` }],
    results: { result: { op: 'first' } },
  };
  const output = (key: string, of: MultiUnit | GraphUnit, name: string): OutputAsset => ({
    kind: 'output',
    id: idOf(key),
    key,
    position,
    unit: of.id,
    output: name,
  });
  const check: Check = {
    id: asCheckId('check'),
    name: 'check',
    specs: [{ name: 'check', asset: 'plain' }],
    body: `export default ({ plain }, context) => ${of('context')} > 0;`,
  };
  const base = graph()
    .asset('plain', `(_, context) => ${of('context')}`)
    .asset('told', '', {
      body: `import type { AssetContext } from 'headwater';\nexport default (_: object, own: AssetContext) => ${of('own')};`,
    })
    .document();
  const watch = {
    kind: 'observable' as const,
    id: idOf('watch'),
    key: 'watch',
    position,
    body: `import { DataVersion } from 'headwater';\nexport default (_, context) => new DataVersion(String(${of('context')}));`,
  };
  const made = [watch, output('left', unit, 'left'), output('slow', steps, 'result')];
  return {
    ...base,
    assets: new Map([...base.assets, ...made.map((asset) => [asset.id, asset] as const)]),
    units: new Map<typeof unit.id, MultiUnit | GraphUnit>([
      [unit.id, unit],
      [steps.id, steps],
    ]),
    checks: new Map([[check.id, check]]),
  };
}
const bodies = ['plain', 'told', 'watch'].map<string>(idOf).concat('unit', 'steps.first', 'check');

describe('the resources of a context', () => {
  test('have the types of their classes in every kind of body', () => {
    const types = typesHarness();
    types.show(withResources(everyBody(uses), currency('dollars * this.rate')));
    for (const id of bodies) expect([id, types.problems(id)]).toEqual([id, []]);
    for (const key of ['plain', 'told', 'left', 'slow']) expect(types.of(key)?.output).toBe('number');
  });

  test('say what they do not have, in every kind of body', () => {
    const types = typesHarness();
    types.show(withResources(everyBody(misuse), currency('dollars * this.rate')));
    for (const id of bodies)
      expect([id, types.problems(id)]).toMatchObject([
        id,
        [{ message: expect.stringContaining("'form' does not exist") }],
      ]);
  });

  test('are looked at again in the bodies that ask for them when a class changes', () => {
    const types = typesHarness();
    const document = graph()
      .asset('asks', `(_, context) => ${uses('context')}`)
      .asset('idle', '() => 1')
      .document();
    types.show(withResources(document, currency('dollars')));
    expect(types.of('asks')?.output).toBe('number');
    const told = types.show(withResources(document, currency('String(dollars)')));
    expect(told.map(({ id }) => id)).toEqual([idOf('asks')]);
    expect(types.of('asks')?.output).toBe('string');
    types.show(
      withResources(document, currency('rounded(dollars)', "import { rounded } from '#lib/round.ts';")),
    );
    expect(types.of('asks')?.output).toBe('any');
  });

  test('may use shared modules, and IO managers are among them', () => {
    const types = typesHarness();
    const document = graph()
      .asset('asks', `(_, context) => [${uses('context')}, context.resources.rows_store.folder] as const`)
      .module('round', 'export const rounded = (n: number): number => Math.round(n);')
      .document();
    const shared = currency('rounded(dollars)', "import { rounded } from '#lib/round.ts';");
    types.show(withResources(document, shared, store));
    expect(types.of('asks')).toMatchObject({ output: 'readonly [number, string]', problems: [] });
  });

  test.each([
    ['base.extend({ kind: z.enum(["a", "b"]) })', 'readonly [string, number, "a" | "b"]'],
    ['base.extend({ kind: z.string(), port: z.string() }).strict()', 'readonly [string, string, string]'],
    ['base.merge(z.object({ kind: z.boolean() }))', 'readonly [string, number, boolean]'],
    ['base.partial({ url: true }).extend({ kind: z.null() })', 'readonly [string | undefined, number, any]'],
    [
      'z.strictObject({ ...base.shape, kind: z.number().nullish() })',
      'readonly [string, number, number | null | undefined]',
    ],
    [
      'base.safeExtend({ kind: z.string().toLowerCase().refine((text) => text !== "") })',
      'readonly [string, number, string]',
    ],
    // What the editor is not told of Zod can be anything.
    ['base.extend({ kind: z.string() }).brand("x").whatever()', 'readonly [any, any, any]'],
    ['z.lazy(() => base)', 'readonly [any, any, any]'],
    ['schemaFrom(base)', 'readonly [any, any, any]'],
  ])('have the fields of a schema that is %s', (fields, made) => {
    const types = typesHarness();
    const document = graph()
      .asset('asks', '(_, { resources: { it } }) => [it.url, it.port, it.kind] as const')
      .document();
    const body = `import { ConfigurableResource } from 'headwater';
import { z } from 'zod';
const base = z.object({ url: z.string(), port: z.number() });
const schemaFrom = (fields): any => fields;
export default class It extends ConfigurableResource(${fields}) {}
`;
    types.show(withResources(document, { key: 'it', kind: 'resource', body }));
    expect(types.of('asks')).toMatchObject({ output: made, problems: [] });
  });

  test('do not have the fields that a schema was made without', () => {
    const types = typesHarness();
    const body = `import { ConfigurableResource } from 'headwater';
import { z } from 'zod';
const base = z.object({ url: z.string(), port: z.number() });
export default class It extends ConfigurableResource(base.omit({ url: true })) {}
`;
    const document = graph().asset('asks', '(_, { resources: { it } }) => [it.port, it.url]').document();
    types.show(withResources(document, { key: 'it', kind: 'resource', body }));
    expect(types.problems(idOf('asks'))).toMatchObject([{ message: expect.stringContaining("'url'") }]);
  });

  test('that are not there are a problem of the graph, and told once', () => {
    const types = typesHarness();
    types.show(graph().asset('asks', '(_, { resources }) => resources.nowhere.get()').document());
    expect(types.problems(idOf('asks'))).toEqual([]);
    expect(types.of('asks')?.output).toBe('any');
  });

  test('whose text is no class yet can be anything, and are what they were while it is typed', () => {
    const types = typesHarness();
    const document = graph()
      .asset('asks', `(_, context) => ${uses('context')}`)
      .document();
    types.show(withResources(document, currency('dollars')));
    types.show(withResources(document, { ...currency('1'), body: 'export default class {' }));
    expect(types.of('asks')).toMatchObject({ output: 'number', problems: [] });
    types.show(document);
    for (const body of ['', 'export default class {', 'export const other = 1;']) {
      types.show(withResources(document, { ...currency('1'), body }));
      expect([body, types.problems(idOf('asks'))]).toEqual([body, []]);
    }
  });
});
