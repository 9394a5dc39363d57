import { expect, test } from 'vitest';
import type { Json } from '../document.ts';
import { configType } from './config-type.ts';

const closed = { type: 'object', additionalProperties: false };

test.each<[Json, string]>([
  [
    {
      ...closed,
      properties: {
        limit: { type: 'integer', default: 100 },
        'top-n': { type: 'number' },
        kind: { enum: ['a', 'b'] },
        note: { type: ['string', 'null'] },
      },
      required: ['top-n', 'kind'],
    },
    '{ "limit": number; "top-n": number; "kind": "a" | "b"; "note"?: string | null }',
  ],
  [
    {
      ...closed,
      required: ['list', 'by'],
      properties: {
        list: { type: 'array', items: { enum: [1, 2] } },
        by: { type: 'object', additionalProperties: { type: 'boolean' } },
      },
    },
    '{ "list": (1 | 2)[]; "by": { [name: string]: boolean } }',
  ],
  [
    { type: 'object', properties: { on: { type: 'boolean' }, any: {} } },
    '{ "on"?: boolean; "any"?: any; [name: string]: any }',
  ],
  [
    { ...closed, $defs: { n: { type: 'number' } }, properties: { n: { $ref: '#/$defs/n' } } },
    '{ "n"?: number }',
  ],
  [{ ...closed, properties: { none: { enum: [null] } } }, '{ "none"?: never | null }'],
  [closed, '{  }'],
  [{ type: 'object' }, 'any'],
  [{ $ref: '#' }, 'any'],
  [true, 'any'],
])('the config of %j is a %s', (schema, type) => expect(configType(schema, undefined)).toBe(type));

test('what the default config gives is there', () => {
  const schema = {
    ...closed,
    properties: {
      limit: { type: 'number' },
      city: { type: 'string' },
      in: { ...closed, properties: { a: { type: 'number' }, b: { type: 'number' } } },
    },
  };
  const given = '{ "limit": number; "city"?: string; "in": { "a": number; "b"?: number } }';
  expect(configType(schema, { limit: 1, in: { a: 1 } })).toBe(given);
  expect(configType(schema, undefined)).not.toBe(given);
});
