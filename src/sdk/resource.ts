// Resources: objects that bodies share, made from checked fields. Their fields may name environment variables,
// so a resource is made twice: once by its author, and once more, whole, when a run launches.

import type { ContextLog } from './context.ts';
import { EnvVar } from './env-var.ts';
import {
  type FieldsOf,
  type InputOf,
  isObjectSchema,
  type ObjectSchema,
  type ParseOutcome,
} from './object-schema.ts';

/** What a resource is told when a run sets it up and tears it down. Dagster: InitResourceContext. */
export interface InitResourceContext {
  /** Lines of the run that belong to no asset. */
  readonly log: ContextLog;
  readonly runId: string;
  /** The run config of this resource, as given; absent when there was none. */
  readonly resourceConfig?: unknown;
}

/** A field's value, or an environment variable in its place, at any depth. */
export type OrEnvVar<Value> =
  | Value
  | EnvVar
  | (Value extends Resource | ((...args: never) => unknown)
      ? never
      : Value extends readonly (infer Item)[]
        ? readonly OrEnvVar<Item>[]
        : Value extends object
          ? { [Name in keyof Value]: OrEnvVar<Value[Name]> }
          : never);

/** The fields that a resource's constructor takes. */
export type ResourceFields<Schema extends ObjectSchema> = {
  readonly [Name in keyof InputOf<Schema>]: OrEnvVar<InputOf<Schema>[Name]>;
};

interface State {
  readonly schema: ObjectSchema;
  /** As the author gave them: a second parse must see what the first one saw. */
  readonly given: Readonly<Record<string, unknown>>;
  /** Fields that are missing may still come from the run config. */
  readonly isLate: boolean;
}

const late = Symbol('configured at launch');

/** What every configurable resource is. Made by `ConfigurableResource(schema)`. */
export abstract class Resource {
  readonly #state: State;

  /** Called once a run, before the first body that asks for the resource; nested resources come first. */
  setupForExecution?(context: InitResourceContext): void | Promise<void>;
  /** Called once a run, after its last step, whether or not it failed; nested resources come last. */
  teardownAfterExecution?(context: InitResourceContext): void | Promise<void>;

  constructor(schema: ObjectSchema, fields: unknown, when: unknown) {
    const name = new.target.name || 'The resource';
    if (typeof fields !== 'object' || fields === null)
      throw new TypeError(`${name} takes its fields as an object.`);
    const given = { ...(fields as Record<string, unknown>) };
    this.#state = { schema, given, isLate: when === late };
    for (const [field, value] of parseFields(name, this.#state)) {
      if (field in this || field === 'setupForExecution' || field === 'teardownAfterExecution')
        throw new TypeError(`${name}: the field “${field}” has the name of a method.`);
      Object.defineProperty(this, field, { value, enumerable: true });
    }
  }

  /** For a launch and for tests of this module: how the resource was made. */
  static stateOf(resource: Resource): State {
    return resource.#state;
  }

  /** Is `value` a configurable resource? */
  static isOne(value: unknown): value is Resource {
    return typeof value === 'object' && value !== null && #state in value;
  }
}

/** The class that `ConfigurableResource` returns: `extends` it. */
export interface ResourceClass<Schema extends ObjectSchema> {
  /** Parses the fields at once. Throws a TypeError that names the field. */
  new (fields: ResourceFields<Schema>): Resource & FieldsOf<Schema>;
  /**
   * A resource whose missing fields come from the run config, where `fields` are its defaults.
   * Dagster: `configure_at_launch`.
   */
  configureAtLaunch<Instance>(
    this: new (
      fields: ResourceFields<Schema>,
    ) => Instance,
    fields?: Partial<ResourceFields<Schema>>,
  ): Instance;
}

/**
 * The base class of resources whose fields are those of a Zod object:
 * `class Database extends ConfigurableResource(z.object({ host: z.string() })) { query(sql: string) { … this.host … } }`.
 *
 * The parsed fields are read-only own properties of each instance. The constructor parses at once and throws a
 * TypeError that names the field; a field that holds an `EnvVar` is left until launch, when the whole is parsed
 * again into a new instance of the same class. So a constructor of a subclass must pass its arguments on. A
 * field may hold another resource (`z.instanceof(Database)`). Fields that are redeclared for their types need
 * `declare`. Dagster: ConfigurableResource.
 */
export function ConfigurableResource<Schema extends ObjectSchema>(schema: Schema): ResourceClass<Schema> {
  if (!isObjectSchema(schema)) throw new TypeError('ConfigurableResource takes a Zod object.');
  class Configured extends Resource {
    constructor(fields: unknown = {}, when?: unknown) {
      super(schema, fields, when);
    }
  }
  // The fields are properties by definition, which the compiler cannot see.
  return Object.assign(Configured, { configureAtLaunch }) as unknown as ResourceClass<Schema>;
}

function configureAtLaunch(this: new (...args: unknown[]) => unknown, fields: unknown = {}): unknown {
  return Reflect.construct(this, [fields, late]);
}

/** Is this an instance of a `ConfigurableResource` (or `ConfigurableIOManager`)? */
export const isResource = (value: unknown): value is Resource => Resource.isOne(value);

function parseFields(name: string, { schema, given, isLate }: State): [string, unknown][] {
  const open = new Set(Object.keys(given).filter((field) => holdsEnvVar(given[field])));
  if (open.size === 0 && !isLate) return Object.entries(checked(name, schema.safeParse(given)));
  const fields: [string, unknown][] = [];
  for (const [field, fieldSchema] of Object.entries(schema.shape)) {
    if (open.has(field)) {
      fields.push([field, given[field]]);
      continue;
    }
    const outcome = fieldSchema.safeParse(given[field]);
    if (isLate && !outcome.success && !Object.hasOwn(given, field)) continue;
    const value = checked(name, outcome, field);
    if (value !== undefined || Object.hasOwn(given, field)) fields.push([field, value]);
  }
  return fields;
}

function checked<Value>(name: string, outcome: ParseOutcome<Value>, field?: string): Value {
  if (outcome.success) return outcome.data;
  const problems = outcome.error.issues.map(({ path, message }) => {
    const place = [...(field === undefined ? [] : [field]), ...path.map(String)].join('.');
    return place === '' ? message : `“${place}”: ${message}`;
  });
  throw new TypeError(`${name}: ${problems.join('; ')}`);
}

function holdsEnvVar(value: unknown): boolean {
  if (value instanceof EnvVar) return true;
  return (childrenOf(value) ?? []).some(holdsEnvVar);
}

/** What stands inside a plain object or an array; undefined for anything else. */
export function childrenOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  return isPlainObject(value) ? Object.values(value) : undefined;
}

/** Is this an object literal, whose insides are data? */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
