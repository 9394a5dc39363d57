import fc from 'fast-check';
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
