// The TypeScript type of a config that fits its JSON Schema, its defaults filled in: what a body reads as
// `context.config`. What a form would show as JSON can be anything.

import type { Json } from '../document.ts';
import { type ConfigField, readConfigField } from './config-field.ts';

const known = new WeakMap<object, { readonly config: Json | undefined; readonly type: string }>();

/** `config`: the default one. What it gives is there, as the exported code has it. */
export function configType(schema: Json, config: Json | undefined): string {
  if (typeof schema !== 'object' || schema === null) return 'any';
  const before = known.get(schema);
  if (before && before.config === config) return before.type;
  const type = typeOf(readConfigField(schema), schema, config);
  known.set(schema, { config, type });
  return type;
}

/** `schema`: the one that the field was read from, as far as it stands there itself. */
function typeOf(field: ConfigField, schema: Json | undefined, config?: Json): string {
  const plain = plainType(field, schema, config);
  return field.isNullable && plain !== 'any' ? `${plain} | null` : plain;
}

function plainType(field: ConfigField, schema: Json | undefined, config: Json | undefined): string {
  switch (field.kind) {
    case 'string':
    case 'number':
    case 'boolean':
      return field.kind;
    case 'choice':
      if (field.options.length === 0) return 'never';
      return field.options.every((option) => typeof option !== 'object')
        ? field.options.map((option) => JSON.stringify(option)).join(' | ')
        : 'any';
    case 'array': {
      const item = typeOf(field.items, inside(schema, 'items'));
      return item.includes(' | ') ? `(${item})[]` : `${item}[]`;
    }
    case 'record':
      return `{ [name: string]: ${typeOf(field.values, inside(schema, 'additionalProperties'))} }`;
    case 'object': {
      const properties = inside(schema, 'properties');
      const fields = field.fields.map(({ name, field: each, isRequired }) => {
        const given = inside(config, name);
        const isThere = isRequired || each.default !== undefined || given !== undefined;
        return `${JSON.stringify(name)}${isThere ? '' : '?'}: ${typeOf(each, inside(properties, name), given)}`;
      });
      // Names that the schema does not know may be there, unless it says that they are not.
      if (inside(schema, 'additionalProperties') !== false) fields.push('[name: string]: any');
      return `{ ${fields.join('; ')} }`;
    }
    case 'json':
      return 'any';
  }
}

function inside(schema: Json | undefined, name: string): Json | undefined {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return undefined;
  const fields = schema as { readonly [key: string]: Json };
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}
