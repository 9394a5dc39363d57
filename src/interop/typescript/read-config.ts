// Zod as one writes it, back to a JSON Schema: the inverse of `config-code.ts`.

import {
  joinShapes,
  looseShape,
  objectSchema,
  type Shape,
  shapeOf,
  shapeWith,
} from '#model/config/zod-object.ts';
import type { Json } from '#model/document.ts';
import { Call, type Code, codeJson, Fields, Method } from './code.ts';

type Schema = Record<string, Json>;

/** Undefined where the code says something that a JSON Schema of forms does not. */
export function schemaOfCode(code: Code): Json | undefined {
  return fieldOf(code)?.schema;
}

interface Field {
  readonly schema: Schema;
  readonly isOptional: boolean;
}

function fieldOf(code: Code): Field | undefined {
  if (code instanceof Call) {
    const schema = baseOf(code);
    return schema && { schema, isOptional: false };
  }
  if (!(code instanceof Method)) return undefined;
  const before = fieldOf(code.target);
  if (!before) return undefined;
  const { schema, isOptional } = before;
  const [first] = code.args;
  const value = first === undefined ? undefined : codeJson(first);
  const more = (fields: Schema | undefined): Field | undefined =>
    fields && { schema: { ...schema, ...fields }, isOptional };
  switch (code.name) {
    case 'optional':
      return { schema, isOptional: true };
    case 'default':
      return more(value === undefined ? undefined : { default: value });
    case 'describe':
      return more(typeof value === 'string' ? { description: value } : undefined);
    case 'nullable':
      return more(typeof schema.type === 'string' ? { type: [schema.type, 'null'] } : undefined);
    case 'int':
      return more(schema.type === 'number' ? { type: 'integer' } : undefined);
    case 'strict':
      return more(shapeOf(schema) && { additionalProperties: false });
    case 'loose':
    case 'passthrough':
      return more(shapeOf(schema) && { additionalProperties: true });
    case 'extend':
    case 'safeExtend':
    case 'merge':
    case 'partial':
    case 'pick':
    case 'omit': {
      const shape = shapeOf(schema);
      const after = shape && changedShape(shape, code.name, first);
      if (!after) return undefined;
      const { type: _, properties: __, required: ___, ...rest } = schema;
      return { schema: { ...objectSchema(after), ...rest }, isOptional };
    }
    default: {
      const rule = rules[`${typeof schema.type === 'string' ? schema.type : ''}.${code.name}`];
      return more(rule !== undefined && typeof value === 'number' ? { [rule]: value } : undefined);
    }
  }
}

const numberRules = (type: string) => ({
  [`${type}.min`]: 'minimum',
  [`${type}.max`]: 'maximum',
  [`${type}.gt`]: 'exclusiveMinimum',
  [`${type}.lt`]: 'exclusiveMaximum',
  [`${type}.multipleOf`]: 'multipleOf',
});

const rules: Readonly<Record<string, string>> = {
  'string.min': 'minLength',
  'string.max': 'maxLength',
  'array.min': 'minItems',
  'array.max': 'maxItems',
  ...numberRules('number'),
  ...numberRules('integer'),
};

function baseOf({ callee, args }: Call): Schema | undefined {
  const [first] = args;
  switch (callee) {
    case 'z.string':
    case 'z.number':
    case 'z.boolean':
      return { type: callee.slice(2) };
    case 'z.int':
      return { type: 'integer' };
    case 'z.json':
      return {};
    case 'z.enum': {
      const values = first === undefined ? undefined : codeJson(first);
      return Array.isArray(values) ? { type: 'string', enum: values } : undefined;
    }
    case 'z.array': {
      const items = first === undefined ? undefined : schemaOfCode(first);
      return items === undefined ? undefined : { type: 'array', items };
    }
    case 'z.object':
    case 'z.looseObject':
    case 'z.strictObject':
      return first instanceof Fields ? objectOf(first, callee) : undefined;
    case 'z.fromJSONSchema': {
      const schema = first === undefined ? undefined : codeJson(first);
      return typeof schema === 'object' && schema !== null && !Array.isArray(schema)
        ? { ...(schema as Schema) }
        : undefined;
    }
    default:
      return undefined;
  }
}

function objectOf(fields: Fields, callee: string): Schema | undefined {
  const properties: [string, Json][] = [];
  const required: string[] = [];
  for (const [name, code] of fields.entries) {
    const field = fieldOf(code);
    if (!field) return undefined;
    properties.push([name, field.schema]);
    if (!field.isOptional && !('default' in field.schema)) required.push(name);
  }
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length > 0 ? { required } : {}),
    ...(callee === 'z.object' ? {} : { additionalProperties: callee === 'z.looseObject' }),
  };
}

/** What `.extend` and the like make of an object; undefined where their argument is not written out. */
function changedShape(shape: Shape, method: string, given: Code | undefined): Shape | undefined {
  if (method === 'extend' || method === 'safeExtend' || method === 'merge') {
    const more =
      given instanceof Fields
        ? objectOf(given, 'z.object')
        : given === undefined
          ? undefined
          : schemaOfCode(given);
    const other = isSchema(more) ? shapeOf(more) : undefined;
    return other && joinShapes(shape, other);
  }
  if (given !== undefined && !(given instanceof Fields)) return undefined;
  const isNamed = (name: string) => given === undefined || given.get(name) === true;
  switch (method) {
    case 'partial':
      return looseShape(shape, isNamed);
    case 'pick':
      return shapeWith(shape, isNamed);
    default:
      return shapeWith(shape, (name) => !isNamed(name));
  }
}

const isSchema = (value: Json | undefined): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The config of a resource: `new EnvVar('NAME')` as `{ "env": "NAME" }`. Undefined where it calls anything else. */
export function resourceConfigOfCode(code: Code): Json | undefined {
  if (code instanceof Call) {
    const [name] = code.args;
    return code.callee === 'new EnvVar' && typeof name === 'string' && code.args.length === 1
      ? { env: name }
      : undefined;
  }
  if (Array.isArray(code)) {
    const items = code.map(resourceConfigOfCode);
    return items.some((item) => item === undefined) ? undefined : (items as Json[]);
  }
  if (!(code instanceof Fields)) return codeJson(code);
  const entries = code.entries.map(([name, value]) => [name, resourceConfigOfCode(value)] as const);
  if (entries.some(([, value]) => value === undefined)) return undefined;
  return Object.fromEntries(entries) as Schema;
}
