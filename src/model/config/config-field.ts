// A JSON Schema as the fields of a form. What has no field of its own is edited as JSON.

import type { Json } from '../document.ts';

interface FieldBase {
  /** What to call it, when its name is not enough. */
  readonly title?: string;
  readonly description?: string;
  /** What counts when nothing is given. */
  readonly default?: Json;
  readonly isNullable: boolean;
}

export interface NamedField {
  readonly name: string;
  readonly field: ConfigField;
  readonly isRequired: boolean;
}

export type ConfigField =
  | (FieldBase & { readonly kind: 'object'; readonly fields: readonly NamedField[] })
  /** Any names, each with a value of one kind. */
  | (FieldBase & { readonly kind: 'record'; readonly values: ConfigField })
  | (FieldBase & { readonly kind: 'array'; readonly items: ConfigField })
  | (FieldBase & { readonly kind: 'string'; readonly format?: string; readonly isLong: boolean })
  | (FieldBase & {
      readonly kind: 'number';
      readonly isInteger: boolean;
      readonly minimum?: number;
      readonly maximum?: number;
    })
  | (FieldBase & { readonly kind: 'boolean' })
  | (FieldBase & { readonly kind: 'choice'; readonly options: readonly Json[] })
  | (FieldBase & { readonly kind: 'json' });

type Fields = Readonly<Record<string, Json>>;

const deepest = 12;

/** Never throws: what is not understood is a field of JSON. */
export const readConfigField = (schema: Json): ConfigField => fieldOf(schema, schema, 0);

function fieldOf(given: Json, root: Json, depth: number): ConfigField {
  const schema = resolve(given, root);
  if (!schema || depth > deepest) return { kind: 'json', isNullable: true };
  const { schema: plain, isNullable } = withoutNull(schema, root);
  const base: FieldBase = {
    isNullable,
    ...textField('title', schema),
    ...textField('description', schema),
    ...(schema.default === undefined ? {} : { default: schema.default }),
  };
  if ('const' in plain) return { ...base, kind: 'choice', options: [plain.const ?? null] };
  if (Array.isArray(plain.enum) && plain.enum.length > 0) {
    const options = (plain.enum as readonly Json[]).filter((option) => option !== null);
    return { ...base, isNullable: isNullable || plain.enum.includes(null), kind: 'choice', options };
  }
  switch (plain.type) {
    case 'string':
      return {
        ...base,
        kind: 'string',
        isLong: typeof plain.maxLength === 'number' && plain.maxLength > 500,
        ...textField('format', plain),
      };
    case 'integer':
    case 'number':
      return {
        ...base,
        kind: 'number',
        isInteger: plain.type === 'integer',
        ...limitField('minimum', plain),
        ...limitField('maximum', plain),
      };
    case 'boolean':
      return { ...base, kind: 'boolean' };
    case 'array':
      return isRecord(plain.items)
        ? { ...base, kind: 'array', items: fieldOf(plain.items, root, depth + 1) }
        : { ...base, kind: 'json' };
    case 'object':
      return objectField(base, plain, root, depth);
    default:
      return { ...base, kind: 'json' };
  }
}

function objectField(base: FieldBase, schema: Fields, root: Json, depth: number): ConfigField {
  const properties = schema.properties;
  if (isRecord(properties) && Object.keys(properties).length > 0) {
    const required = new Set(Array.isArray(schema.required) ? schema.required : []);
    const fields = Object.entries(properties).map(([name, property]): NamedField => {
      const field = fieldOf(property, root, depth + 1);
      return { name, field, isRequired: required.has(name) && field.default === undefined };
    });
    return { ...base, kind: 'object', fields };
  }
  const values = schema.additionalProperties;
  if (values === false) return { ...base, kind: 'object', fields: [] };
  if (isRecord(values) && Object.keys(values).length > 0)
    return { ...base, kind: 'record', values: fieldOf(values, root, depth + 1) };
  return { ...base, kind: 'json' };
}

/** Both `type: ['string', 'null']` and `anyOf: [{…}, { type: 'null' }]` say that null may stand there. */
function withoutNull(schema: Fields, root: Json): { readonly schema: Fields; readonly isNullable: boolean } {
  const { type } = schema;
  if (Array.isArray(type)) {
    const others = (type as readonly Json[]).filter((name) => name !== 'null');
    const [only, second] = others;
    const plain =
      only !== undefined && second === undefined ? { ...schema, type: only } : withoutType(schema);
    return { schema: plain, isNullable: others.length < type.length };
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) {
    const branches = (choices as readonly Json[]).map((choice) => resolve(choice, root));
    const others = branches.filter((branch) => branch?.type !== 'null');
    const [only, second] = others;
    const isNullable = others.length < branches.length;
    return only && second === undefined && others.length === 1
      ? { schema: { ...only, ...textField('description', schema) }, isNullable }
      : { schema: {}, isNullable };
  }
  return { schema, isNullable: schema.nullable === true };
}

const withoutType = (schema: Fields): Fields =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => name !== 'type'));

/** Follows `$ref` within the schema. Undefined when it is no object schema, or leads nowhere. */
function resolve(given: Json, root: Json): Fields | undefined {
  let schema: Json | undefined = given;
  for (let step = 0; step < deepest; step++) {
    if (!isRecord(schema)) return undefined;
    const ref: Json | undefined = schema.$ref;
    if (typeof ref !== 'string') return schema;
    if (!ref.startsWith('#')) return undefined;
    schema = ref
      .slice(1)
      .split('/')
      .filter((part) => part !== '')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<Json | undefined>(
        (at, part) => (isRecord(at) && Object.hasOwn(at, part) ? at[part] : undefined),
        root,
      );
  }
  return undefined;
}

const isRecord = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textField = <Name extends string>(name: Name, schema: Fields): { readonly [K in Name]?: string } => {
  const text = schema[name];
  return (typeof text === 'string' && text !== '' ? { [name]: text } : {}) as {
    readonly [K in Name]?: string;
  };
};
// What Zod prints for "any safe integer" is no limit that anybody set.
const limitField = <Name extends string>(name: Name, schema: Fields): { readonly [K in Name]?: number } => {
  const limit = schema[name];
  const isSet = typeof limit === 'number' && Math.abs(limit) < Number.MAX_SAFE_INTEGER;
  return (isSet ? { [name]: limit } : {}) as { readonly [K in Name]?: number };
};
