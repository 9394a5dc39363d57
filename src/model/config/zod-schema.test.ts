import fc from 'fast-check';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Json } from '../document.ts';
import { readZodSchema } from './zod-schema.ts';

const schemaOf = (fields: string) =>
  readZodSchema(`export default class A extends ConfigurableResource(${fields}) {}`);

test('the fields of a class are read with their limits, defaults and descriptions', () => {
  expect(
    schemaOf(`z.object({
      url: z.string().url().describe('Where it is'), // a comment
      'content-type': z.enum(['json', 'csv']).default("json"),
      port: z.number().int().min(1, 'too small').max(65535).default(5432),
      ratio: z.number().gt(-1.5).optional(),
      retry: z.boolean().nullable(),
      tags: z.array(z.string().min(1)).max(3),
      headers: z.record(z.string(), z.string()).default({ accept: '*/*' }),
      inner: z.object({ on: z.literal(true) }),
    })`),
  ).toEqual({
    isWhole: true,
    unread: [],
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['url', 'retry', 'tags', 'inner'],
      properties: {
        url: { type: 'string', format: 'uri', description: 'Where it is' },
        'content-type': { type: 'string', enum: ['json', 'csv'], default: 'json' },
        port: { type: 'integer', minimum: 1, maximum: 65535, default: 5432 },
        ratio: { type: 'number', exclusiveMinimum: -1.5 },
        retry: { anyOf: [{ type: 'boolean' }, { type: 'null' }] },
        tags: { type: 'array', items: { type: 'string', minLength: 1 }, maxItems: 3 },
        headers: {
          type: 'object',
          additionalProperties: { type: 'string' },
          default: { accept: '*/*' },
        },
        inner: {
          type: 'object',
          properties: { on: { const: true } },
          required: ['on'],
          additionalProperties: false,
        },
      },
    },
  });
});

test('what the grammar does not know is a field of JSON, and is said', () => {
  expect(
    schemaOf('z.object({ a: z.string(), b: z.string().transform((t) => t.length, { x: 1 }), c: other })'),
  ).toEqual({
    isWhole: false,
    unread: ['b', 'c'],
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['a'],
      properties: { a: { type: 'string' }, b: {}, c: {} },
    },
  });
});

test('a schema may have a name of its own; without one there is none', () => {
  expect(
    readZodSchema(`import { z } from 'zod';
const fields = z.object({ a: z.string() });
export default class A extends ConfigurableIOManager(fields) { handleOutput(context: OutputContext, value: unknown): void {} }`)
      ?.schema,
  ).toMatchObject({ properties: { a: { type: 'string' } } });
  expect(readZodSchema('export default class A {}')).toBeUndefined();
  expect(schemaOf('fields')).toBeUndefined();
  expect(schemaOf('z.string()')).toBeUndefined();
  expect(readZodSchema('ConfigurableResource(z.object({ a: z.str')).toBeUndefined();
});

/** Of a class whose module begins with `head`. */
const schemaBehind = (head: string, fields: string, shared: Readonly<Record<string, string>> = {}) =>
  readZodSchema(
    `import { z } from 'zod';\n${head}\nexport default class A extends ConfigurableResource(${fields}) {}`,
    (name) => shared[name],
  );

/** What Zod itself says of what these lines make, in the words of the reader. */
async function saysZod(head: string, fields: string): Promise<Json> {
  const code = ts.transpile(`export default (z) => { ${head}\nreturn ${fields}; };`, {
    target: ts.ScriptTarget.ESNext,
  });
  const made = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    readonly default: (zod: typeof z) => z.ZodType;
  };
  const { $schema: _, ...told } = z.toJSONSchema(made.default(z), { io: 'input' });
  return inWords(JSON.parse(JSON.stringify(told)) as Json);
}

/** Objects are closed, and null is one of two. */
function inWords(schema: Json): Json {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(inWords);
  const fields = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, inWords(value)]));
  if (Array.isArray(fields.type)) return { anyOf: fields.type.map((type: Json) => ({ type })) };
  return fields.properties === undefined ? fields : { additionalProperties: false, ...fields };
}

const base =
  "const base = z.object({ url: z.string(), port: z.number().default(80), kind: z.enum(['a', 'b']) });";
test.each([
  ['extended', base, 'base.extend({ port: z.string().optional(), more: z.boolean() })'],
  ['strict', base, 'base.strict()'],
  ['open to more', base, 'base.loose()'],
  ['open to more of a kind', base, 'base.catchall(z.boolean())'],
  ['partly left to the giver', base, 'base.partial({ url: true })'],
  ['left to the giver', base, 'base.partial()'],
  ['picked from another', base, 'base.pick({ url: true, port: true })'],
  ['another without some fields', base, 'base.omit({ url: true })'],
  [
    'merged',
    `${base}\nconst more = z.strictObject({ url: z.boolean(), far: z.number() });`,
    'base.merge(more)',
  ],
  ['spread out', base, 'z.object({ first: z.number(), ...base.shape, kind: z.string().optional() })'],
  [
    'spread in two steps',
    `${base}\nconst two = base.extend({ n: z.number() });`,
    'z.object({ ...two.pick({ url: true, n: true }).shape, last: z.boolean() })',
  ],
  [
    'made of fields under a name',
    'const fields = { url: z.string(), port: z.number() };',
    'z.object(fields)',
  ],
  [
    'made of fields spread out',
    'const fields = { url: z.string() };\nconst all = { ...fields, n: z.number() } as const;',
    'z.looseObject(all)',
  ],
  [
    'made of fields that have names',
    'const url = z.string().min(1);\nconst port: z.ZodNumber = z.number()',
    'z.object({ url, other: url.optional(), port: port.max(9) })',
  ],
  [
    'made with values that have names',
    "const kinds = ['a', 'b'] as const;\nconst limit = 10;\nconst kind = kinds;",
    'z.object({ kind: z.enum(kind), n: z.number().max(limit).default(limit) })',
  ],
  [
    'made of schemas of schemas',
    `${base}\nconst inner = base.omit({ port: true });\nconst outer = z.object({ inner, list: z.array(inner) });`,
    'outer.extend({ last: inner.nullable() }).strict()',
  ],
  [
    'wrapped',
    '',
    'z.object({ a: z.optional(z.string()), b: z.nullable(z.number()), c: z.string().nullish() })',
  ],
])('a schema that is %s is read as Zod reads it', async (_, head, fields) => {
  const read = schemaBehind(head, fields);
  expect(read?.isWhole).toBe(true);
  expect(read?.schema).toEqual(await saysZod(head, fields));
});

test('a schema of a shared module is read there', () => {
  const shared = {
    fields:
      "import { z as zod } from 'zod';\nimport { limit } from '#lib/limits.ts';\nexport const fields = zod.object({ n: zod.number().max(limit) });",
    limits: 'export const limit = 7;',
  };
  const head = "import { fields as base } from '#lib/fields.ts';";
  expect(schemaBehind(head, 'base.extend({ m: z.boolean() })', shared)).toEqual({
    isWhole: true,
    unread: [],
    schema: {
      type: 'object',
      properties: { n: { type: 'number', maximum: 7 }, m: { type: 'boolean' } },
      required: ['n', 'm'],
      additionalProperties: false,
    },
  });
  expect(schemaBehind(head, 'base.extend({ m: z.boolean() })')).toBeUndefined();
});

test('a rule that only Zod can check leaves its field as it is, and is said', () => {
  expect(
    schemaBehind('', 'z.object({ a: z.string().regex(/^a/).max(3) }).refine((all) => all.a !== "")'),
  ).toEqual({
    isWhole: false,
    unread: ['a'],
    schema: {
      type: 'object',
      properties: { a: { type: 'string', maxLength: 3 } },
      required: ['a'],
      additionalProperties: false,
    },
  });
});

test.each([
  ['made by a function', 'const make = () => z.object({ a: z.string() });', 'make()'],
  [
    'chosen when it runs',
    'const one = z.object({ a: z.string() });\nconst it = Math.random() > 1 ? one : one;',
    'it',
  ],
  ['one of two', `${base}\nconst it = base || z.object({});`, 'it'],
  ['changed later', 'let it = z.object({ a: z.string() });', 'it'],
  ['of itself', 'const it = it.extend({ a: z.string() });', 'it'],
  ['of a package', "import { it } from 'elsewhere';", 'it'],
  [
    'picked by what is not written out',
    `${base}\nconst mask = Object.fromEntries([['url', true]]);`,
    'base.pick(mask)',
  ],
  ['spread from what is not written out', '', 'z.object({ ...fields() })'],
])('a schema that is %s cannot be read', (_, head, fields) => {
  expect(schemaBehind(head, fields)).toBeUndefined();
});

test('constants that name each other without end are given up', () => {
  const doubled = Array.from(
    { length: 19 },
    (_, i) => `const c${i} = z.object({ a: c${i + 1}, b: c${i + 1} });`,
  );
  const head = [...doubled, 'const c19 = z.object({ a: z.string() });'].join('\n');
  expect(schemaBehind(head, 'c0')?.isWhole).toBe(false);
});

test('a field that cannot be read is JSON, and the others stay', () => {
  const head = 'const limit = Number("3");\nconst free = z.lazy(() => z.string());';
  const fields =
    'z.object({ a: z.number().max(limit), b: free, c: z.string(), d: z.string().or(z.number()) })';
  expect(schemaBehind(head, fields)).toMatchObject({
    isWhole: false,
    unread: ['a', 'b', 'd'],
    schema: { properties: { a: {}, b: {}, c: { type: 'string' }, d: {} }, required: ['c'] },
  });
});

const json: fc.Arbitrary<Json> = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;
const field: fc.Arbitrary<{ text: string; made: z.ZodType }> = fc.oneof(
  fc.constant({ text: 'z.string()', made: z.string() as z.ZodType }),
  fc.nat(9).map((n) => ({ text: `z.string().min(${n})`, made: z.string().min(n) as z.ZodType })),
  fc
    .integer({ min: -9, max: 9 })
    .map((n) => ({ text: `z.number().max(${n})`, made: z.number().max(n) as z.ZodType })),
  fc.constant({ text: 'z.boolean().optional()', made: z.boolean().optional() as z.ZodType }),
  fc.constant({ text: 'z.array(z.number().int())', made: z.array(z.number().int()) as z.ZodType }),
  json.map((value) => ({
    text: `z.any().default(${JSON.stringify(value)})`,
    made: z.any().default(value) as z.ZodType,
  })),
);

test('what is read is what Zod itself says of the schema', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), field, { maxKeys: 5 }), (fields) => {
      const names = Object.keys(fields);
      const text = names.map((name) => `${JSON.stringify(name)}: ${fields[name]!.text}`).join(', ');
      const made = z.object(Object.fromEntries(names.map((name) => [name, fields[name]!.made])));
      const { $schema: _, ...told } = z.toJSONSchema(made, { io: 'input' });
      const plain = JSON.parse(JSON.stringify(told), (name, value: unknown) =>
        (name === 'minimum' || name === 'maximum') && Math.abs(Number(value)) >= Number.MAX_SAFE_INTEGER
          ? undefined
          : value,
      ) as object;
      const read = schemaOf(`z.object({ ${text} })`);
      expect(read?.isWhole).toBe(true);
      expect(read?.schema).toEqual({ ...plain, additionalProperties: false });
    }),
  );
});
