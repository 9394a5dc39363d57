// The schema of a config as Zod: as one would write it where that says the same, else from its JSON Schema.

import type { Json } from '#model/document.ts';
import { Call, type Code, Fields, fields, jsonCode, Method } from './code.ts';

type JsonObject = Readonly<Record<string, Json>>;

/** The `config` of a body's options; undefined when there is none. */
export function configCode(schema: Json | undefined, config: Json | undefined): Code | undefined {
  if (schema === undefined && config === undefined) return undefined;
  if (schema === undefined) return isObject(config) ? looseObject(config) : withDefault(zod('json'), config);
  if (!isObject(schema)) return withDefault(fromJsonSchema(schema), config);
  return schemaCode(withDefaults(schema, config));
}

/** Values of a default config become defaults of their fields. */
function withDefaults(schema: JsonObject, config: Json | undefined): JsonObject {
  if (!isObject(config)) return config === undefined ? schema : { ...schema, default: config };
  const properties = isObject(schema.properties) ? schema.properties : {};
  const merged = new Map(Object.entries(properties));
  for (const [name, value] of Object.entries(config)) {
    const field = merged.get(name);
    merged.set(name, { ...(isObject(field) ? field : {}), default: value });
  }
  return { ...schema, properties: Object.fromEntries(merged) };
}

const looseObject = (config: JsonObject): Code =>
  zod(
    'looseObject',
    new Fields(
      Object.entries(config).map(([name, value]) => [
        name,
        withDefault(zod(plainTypes.has(typeof value) ? typeof value : 'json'), value),
      ]),
    ),
  );

const plainTypes: ReadonlySet<string> = new Set(['string', 'number', 'boolean']);

/** A JSON Schema as Zod. */
function schemaCode(schema: Json): Code {
  if (!isObject(schema)) return fromJsonSchema(schema);
  const { default: preset, description, ...rest } = schema;
  const plain = plainCode(rest);
  if (plain === undefined) return fromJsonSchema(schema);
  const described =
    description === undefined
      ? plain
      : typeof description === 'string'
        ? new Method(plain, 'describe', [description])
        : undefined;
  return described === undefined ? fromJsonSchema(schema) : withDefault(described, preset);
}

function plainCode({ $schema: _, ...schema }: JsonObject): Code | undefined {
  if (Object.keys(schema).length === 0) return zod('json');
  const { type, ...rest } = schema;
  if (
    Array.isArray(schema.enum) &&
    schema.enum.length > 0 &&
    schema.enum.every((item) => typeof item === 'string')
  ) {
    const { enum: values, ...more } = rest;
    return Object.keys(more).length === 0 && (type === undefined || type === 'string')
      ? zod('enum', jsonCode(values as Json))
      : undefined;
  }
  if (Array.isArray(type)) {
    const [first, ...others] = type.filter((item) => item !== 'null');
    if (others.length > 0 || typeof first !== 'string' || type.length !== 2) return undefined;
    const inner = plainCode({ ...rest, type: first });
    return inner === undefined ? undefined : new Method(inner, 'nullable');
  }
  switch (type) {
    case 'string':
      return chained(zod('string'), rest, { minLength: 'min', maxLength: 'max' });
    case 'number':
      return chained(zod('number'), rest, numberRules);
    case 'integer':
      return chained(new Method(zod('number'), 'int'), rest, numberRules);
    case 'boolean':
      return chained(zod('boolean'), rest, {});
    case 'array': {
      const { items, ...more } = rest;
      if (items === undefined) return undefined;
      return chained(zod('array', schemaCode(items)), more, { minItems: 'min', maxItems: 'max' });
    }
    case 'object':
      return objectCode(rest);
    default:
      return undefined;
  }
}

const numberRules = {
  minimum: 'min',
  maximum: 'max',
  exclusiveMinimum: 'gt',
  exclusiveMaximum: 'lt',
  multipleOf: 'multipleOf',
};

function objectCode(schema: JsonObject): Code | undefined {
  const { properties = {}, required = [], additionalProperties, ...rest } = schema;
  if (Object.keys(rest).length > 0 || !isObject(properties) || !Array.isArray(required)) return undefined;
  if (!required.every((name) => typeof name === 'string' && Object.hasOwn(properties, name)))
    return undefined;
  if (additionalProperties !== undefined && typeof additionalProperties !== 'boolean') return undefined;
  const maker =
    additionalProperties === false ? 'strictObject' : additionalProperties ? 'looseObject' : 'object';
  return zod(
    maker,
    new Fields(
      Object.entries(properties).map(([name, field]) => {
        const code = schemaCode(field);
        const isOptional = !required.includes(name) && !(isObject(field) && 'default' in field);
        return [name, isOptional ? new Method(code, 'optional') : code];
      }),
    ),
  );
}

function chained(
  start: Code,
  rules: JsonObject,
  methods: Readonly<Record<string, string>>,
): Code | undefined {
  let code = start;
  for (const [rule, value] of Object.entries(rules)) {
    const method = Object.hasOwn(methods, rule) ? methods[rule] : undefined;
    if (method === undefined || typeof value !== 'number') return undefined;
    code = new Method(code, method, [value]);
  }
  return code;
}

const zod = (name: string, ...args: readonly Code[]): Call => new Call(`z.${name}`, args);
const fromJsonSchema = (schema: Json): Code => zod('fromJSONSchema', jsonCode(schema));
const withDefault = (code: Code, value: Json | undefined): Code =>
  value === undefined ? code : new Method(code, 'default', [jsonCode(value)]);

/** The config of a resource: what `{ "env": "NAME" }` stands for is read from the environment at launch. */
export function resourceFieldsCode(config: Json | undefined): Code | undefined {
  if (config === undefined) return undefined;
  if (Array.isArray(config)) return config.map((item: Json) => resourceFieldsCode(item) ?? null);
  if (!isObject(config)) return jsonCode(config);
  const { env, ...rest } = config;
  if (typeof env === 'string' && Object.keys(rest).length === 0) return new Call('new EnvVar', [env]);
  return fields(
    Object.fromEntries(Object.entries(config).map(([name, value]) => [name, resourceFieldsCode(value)])),
  );
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
