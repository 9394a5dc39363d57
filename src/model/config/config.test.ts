// Config by its JSON Schema: what is accepted, what is said of the rest, and the fields of a form.

import { describe, expect, test } from 'vitest';
import type { Json } from '../document.ts';
import { checkConfig, schemaProblem } from './check-config.ts';
import { readConfigField } from './config-field.ts';
import { pathText, problemSentence, withValueAt } from './config-path.ts';
import { isSafePattern } from './safe-pattern.ts';

const server: Json = {
  type: 'object',
  properties: {
    host: { type: 'string', minLength: 1, description: 'Where the database is' },
    port: { type: 'integer', minimum: 1, maximum: 65_535, default: 5432 },
    mode: { enum: ['fast', 'slow'] },
    since: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] },
    names: { type: 'array', items: { type: 'string' }, minItems: 1 },
    retry: {
      type: 'object',
      properties: { times: { type: 'integer' }, isOn: { type: 'boolean', default: false } },
      required: ['times'],
      additionalProperties: false,
    },
  },
  required: ['host'],
  additionalProperties: false,
};

const said = (schema: Json, config: Json | undefined, allowsEnvironment = false) => {
  const checked = checkConfig(schema, config, { allowsEnvironment });
  return checked.ok ? checked.value : checked.error.map(problemSentence);
};

describe('a config by its schema', () => {
  test('defaults are filled in, in nested objects too', () => {
    expect(said(server, { host: 'here', retry: { times: 2 } })).toEqual({
      host: 'here',
      port: 5432,
      retry: { times: 2, isOn: false },
    });
  });

  test('everything that is wrong is said, each with its place', () => {
    const wrong = {
      port: 0.5,
      mode: 'middling',
      since: '2026-13-01',
      names: [],
      retry: { tries: 3 },
      other: true,
    };
    expect(said(server, wrong)).toEqual([
      '“host” is needed.',
      '“port” must be a whole number.',
      '“mode” must be one of “fast”, “slow”.',
      '“since” must be a date, such as 2026-01-31.',
      '“names” must have at least 1 entry.',
      '“retry.times” is needed.',
      '“retry.tries” is not known here.',
      '“other” is not known here.',
    ]);
    expect(said(server, { host: '', port: 70_000, since: 3 })).toEqual([
      '“host” must not be empty.',
      '“port” must be at most 65535.',
      '“since” must be a text or null.',
    ]);
    expect(said(server, 3)).toEqual(['The config must be an object.']);
  });

  test('a text may come from the environment where that is allowed, and only there', () => {
    const config = { host: { env: 'DB_HOST' }, port: { env: 'DB_PORT' } };
    expect(said(server, config, true)).toEqual(config);
    expect(said(server, { host: { env: '' } }, true)).toEqual(['“host.env” must not be empty.']);
    expect(said(server, { host: 3 }, true)).toEqual(['“host” must be a text or an object.']);
    expect(said(server, { host: { env: 'DB_HOST' } })).toEqual(['“host” must be a text.']);
    expect(said(server, { host: 'here' }, true)).toMatchObject({ port: 5432 });
  });

  test('a schema that cannot be used is refused with a reason', () => {
    expect(schemaProblem(server)).toBeUndefined();
    expect(schemaProblem([])).toMatch(/is an object/);
    expect(schemaProblem({ type: 'string' })).toMatch(/"type": "object"/);
    expect(schemaProblem({ type: 'object', properties: { a: { type: 'foo' } } })).toMatch(/unsupported type/);
    expect(schemaProblem({ type: 'object', properties: { a: { $ref: '#/$defs/gone' } } })).toMatch(
      /not found/,
    );
  });

  test('patterns that could take for ever are not tried', () => {
    expect(isSafePattern('^[a-z]+-\\d{4}$')).toBe(true);
    expect(isSafePattern('^(?:[01]\\d|2[0-3]):[0-5]\\d$')).toBe(true);
    for (const pattern of ['^(a+)+$', '(a|a)*b', '(?:x*){2,}', '((a+))*', '(a)\\1+', 'a*b*c*d*'])
      expect(isSafePattern(pattern), pattern).toBe(false);
    const schema: Json = { type: 'object', properties: { a: { type: 'string', pattern: '^(a+)+$' } } };
    expect(said(schema, { a: `${'a'.repeat(60)}!` })).toHaveProperty('a');
    const simple: Json = { type: 'object', properties: { a: { type: 'string', pattern: '^x' } } };
    expect(said(simple, { a: 'y' })).toEqual(['“a” does not have the form that is asked for.']);
  });

  test('names of the prototype are names like others', () => {
    const config = JSON.parse('{ "host": "h", "__proto__": { "admin": true } }') as Json;
    const checked = checkConfig(server, config);
    expect(checked.ok && Reflect.get(checked.value as object, 'admin')).toBeFalsy();
    expect(Reflect.get({}, 'admin')).toBeUndefined();
  });
});

describe('a schema as a form', () => {
  test('each kind of field', () => {
    const field = readConfigField(server);
    if (field.kind !== 'object') throw new Error('no object');
    expect(field.fields.map(({ name, isRequired, field: { kind } }) => [name, kind, isRequired])).toEqual([
      ['host', 'string', true],
      ['port', 'number', false],
      ['mode', 'choice', false],
      ['since', 'string', false],
      ['names', 'array', false],
      ['retry', 'object', false],
    ]);
    expect(field.fields[1]?.field).toMatchObject({ default: 5432, minimum: 1, isInteger: true });
    expect(field.fields[3]?.field).toMatchObject({ isNullable: true, format: 'date' });
  });

  test('references within the schema are followed; what goes in circles, or is not understood, is JSON', () => {
    const tree: Json = {
      $defs: { node: { type: 'object', properties: { left: { $ref: '#/$defs/node' } } } },
      type: 'object',
      properties: {
        tree: { $ref: '#/$defs/node' },
        self: { $ref: '#/properties/self' },
        away: { $ref: 'https://example.org/schema' },
        either: { anyOf: [{ type: 'string' }, { type: 'number' }] },
        counts: { type: 'object', additionalProperties: { type: 'number' } },
      },
    };
    const field = readConfigField(tree);
    if (field.kind !== 'object') throw new Error('no object');
    expect(field.fields.map(({ field: { kind } }) => kind)).toEqual([
      'object',
      'json',
      'json',
      'json',
      'record',
    ]);
  });
});

test('a value is set, made and taken away at a place', () => {
  expect(withValueAt(undefined, ['a', 'b'], 1)).toEqual({ a: { b: 1 } });
  expect(withValueAt({ a: [1, 2, 3], z: 0 }, ['a', 1], undefined)).toEqual({ a: [1, 3], z: 0 });
  expect(withValueAt({ a: 1, b: 2 }, ['a'], undefined)).toEqual({ b: 2 });
  expect(Object.keys(withValueAt({ a: 1, b: 2 }, ['a'], 3) as object)).toEqual(['a', 'b']);
  expect(pathText(['server', 'ports', 0])).toBe('server.ports[0]');
});
