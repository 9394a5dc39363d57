// Resources as `dg.ConfigurableResource`: the fields of the TypeScript class, which gets what they hold. An IO manager
// written in TypeScript runs in Node around its step; between steps its values lie in the storage of the project.

import { readZodSchema } from '#model/config/zod-schema.ts';
import type { Json, ProjectDocument, Resource } from '#model/document.ts';
import { envNameOf } from '#model/env-reference.ts';
import { Call, jsonPython, Name, type Python } from './python.ts';
import { pythonName, uniqueNames } from './python-names.ts';
import { className, classText, fieldLines } from './write-config.ts';

export interface WrittenResources {
  /** Text of the classes; empty where there are none. */
  readonly classes: string;
  readonly imports: readonly string[];
  /** By key, what makes each. */
  readonly instances: readonly (readonly [key: string, made: Python])[];
}

export function writeResources({ resources, modules }: ProjectDocument): WrittenResources {
  const nameOf = uniqueNames(['dg', 'Any', 'Optional', 'Field', 'HeadwaterStorage']);
  const sorted = [...resources.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  const written = sorted.map((resource) => {
    const name = nameOf(className(resource.key));
    const isManager = resource.kind === 'ioManager';
    const text = classText(
      name,
      isManager ? 'HeadwaterStorage' : 'dg.ConfigurableResource',
      resource.description,
      fieldLines(schemaOf(resource, modules)),
    );
    const made = new Call(name, {
      ...(isManager ? { base_path: new Name('storage') } : {}),
      ...Object.fromEntries(
        Object.entries(objectOf(resource.config)).map(([field, value]) => [
          pythonName(field),
          valuePython(value),
        ]),
      ),
    });
    return { name, text, entry: [resource.key, made] as const };
  });
  return {
    classes: written.map(({ text }) => text).join('\n\n'),
    imports: written.map(({ name }) => name),
    instances: written.map(({ entry }) => entry),
  };
}

/** The fields of a class: of its schema, or of the text of its Zod object. */
export function schemaOf(
  { body, config, configSchema }: Resource,
  modules: ProjectDocument['modules'],
): { configSchema?: Json; config?: Json } {
  const schema = configSchema ?? readZodSchema(body, (name) => modules.get(name)?.body)?.schema;
  return {
    ...(schema === undefined ? {} : { configSchema: schema }),
    ...(config === undefined ? {} : { config }),
  };
}

function valuePython(value: Json): Python {
  const env = envNameOf(value);
  return env === undefined ? jsonPython(value) : new Call('dg.EnvVar', {}, [env]);
}

const objectOf = (value: Json | undefined): Readonly<Record<string, Json>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Json>>)
    : {};
