// Config and the fields of resources as Pydantic classes: a field for each, typed as far as Python has the type.
// TypeScript parses what arrives once more, so what Python lets pass is still refused.

import type { Json } from '#model/document.ts';
import { envNameOf } from '#model/env-reference.ts';
import { Call, jsonPython, type Python, printPython, printText } from './python.ts';
import { pythonName } from './python-names.ts';

interface ConfigHolder {
  readonly config?: Json;
  readonly configSchema?: Json;
}

type JsonObject = Readonly<Record<string, Json>>;

/** The class of a body's config; undefined where it has none. */
export function configClass(
  wanted: string,
  holder: ConfigHolder,
): { readonly name: string; readonly text: string } | undefined {
  const { config, configSchema } = holder;
  if (config === undefined && configSchema === undefined) return undefined;
  const name = className(wanted);
  return { name, text: classText(name, 'dg.Config', undefined, fieldLines(holder)) };
}

export function classText(
  name: string,
  base: string,
  description: string | undefined,
  lines: readonly string[],
): string {
  const doc = description === undefined ? [] : [`    """${printText(description).slice(1, -1)}"""`];
  const rows = [...doc, ...(doc.length > 0 && lines.length > 0 ? [''] : []), ...lines];
  return `class ${name}(${base}):\n${rows.length === 0 ? '    pass' : rows.join('\n')}\n`;
}

/** "clean_orders_config" as "CleanOrdersConfig". */
export const className = (text: string): string =>
  pythonName(text)
    .split('_')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('') || 'Config';

/** The names of the fields that a schema and a default config have. */
export function fieldNames({ config, configSchema }: ConfigHolder): readonly string[] {
  return [...new Set([...Object.keys(propertiesOf(configSchema)), ...Object.keys(objectOf(config))])];
}

/** One line for each field. */
export function fieldLines({ config, configSchema }: ConfigHolder): readonly string[] {
  const properties = propertiesOf(configSchema);
  const given = objectOf(config);
  const listed = objectOf(configSchema).required;
  const required = Array.isArray(listed) ? listed : [];
  // Fields without a default come first in Pydantic's own order as well as in any other: keywords name them.
  return fieldNames({
    ...(config === undefined ? {} : { config }),
    ...(configSchema === undefined ? {} : { configSchema }),
  }).map((name) => {
    const schema = objectOf(properties[name]);
    const preset = envNameOf(given[name]) === undefined ? (given[name] ?? schema.default) : undefined;
    const isOptional = preset === undefined && !required.includes(name) && !Object.hasOwn(given, name);
    const type = typeName(schema, preset);
    const written = isOptional || preset === null ? `Optional[${type}]` : type;
    const value: Python | undefined = isOptional
      ? null
      : preset === undefined
        ? undefined
        : jsonPython(preset);
    const description = typeof schema.description === 'string' ? schema.description : undefined;
    const safe = pythonName(name);
    const field =
      description === undefined
        ? value
        : new Call('Field', { description }, value === undefined ? [] : [value]);
    return `    ${safe}: ${written}${field === undefined ? '' : ` = ${printPython(field, 4, safe.length + written.length + 9)}`}`;
  });
}

function typeName(schema: JsonObject, preset: Json | undefined): string {
  const { type } = schema;
  if (type === 'string' || (type === undefined && typeof preset === 'string')) return 'str';
  if (type === 'integer') return 'int';
  if (type === 'number' || (type === undefined && typeof preset === 'number')) return 'float';
  if (type === 'boolean' || (type === undefined && typeof preset === 'boolean')) return 'bool';
  if (type === 'array' || Array.isArray(preset)) return 'list[Any]';
  if (type === 'object' || (typeof preset === 'object' && preset !== null)) return 'dict[str, Any]';
  return 'Any';
}

const propertiesOf = (schema: Json | undefined): JsonObject => objectOf(objectOf(schema).properties);

const objectOf = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
