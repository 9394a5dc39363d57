// The second making of resources, when a run launches: environment variables are read, run config is merged
// in, and everything is parsed again into new instances. Pure: reading the environment is handed in.

import { EnvVar } from './env-var.ts';
import { childrenOf, isPlainObject, isResource, Resource } from './resource.ts';

/** What a launch knows beyond the definitions. */
export interface LaunchOptions {
  /** The value of an environment variable; undefined when it is not set. */
  readonly env: (name: string) => string | undefined;
  /** The run config of the resource: its fields. */
  readonly config?: unknown;
}

/** A launched resource, and the texts that logs must not show. */
export interface LaunchedResource<Instance> {
  readonly resource: Instance;
  readonly secrets: readonly string[];
}

/**
 * A new instance of the same class, ready for a run. As in Dagster 1.13, run config takes the place of the
 * fields that the constructor was given (nested resources stay), while it is merged over those of
 * `configureAtLaunch`. Throws a TypeError that names the resource and the field.
 */
export function launchResource<Instance extends Resource>(
  resource: Instance,
  options: LaunchOptions,
): LaunchedResource<Instance> {
  const launch = new Launch(options.env, new Map(), {});
  return { resource: launch.one(resource, options.config), secrets: [...launch.secrets] };
}

/** All resources of a run, by key; what is no configurable resource stays as it is. */
export interface LaunchedResources {
  readonly resources: Readonly<Record<string, unknown>>;
  readonly secrets: readonly string[];
}

/**
 * Launches the resources of a run together, so that a nested resource that is configured at launch is the one
 * that stands under a key of its own. `config` is the run config by resource key. Throws a TypeError for the
 * first that cannot be launched, or for config of a key that has no resource.
 */
export function launchResources(
  resources: Readonly<Record<string, unknown>>,
  options: {
    readonly env: LaunchOptions['env'];
    readonly config?: Readonly<Record<string, unknown>> | undefined;
  },
): LaunchedResources {
  const config = options.config ?? {};
  const stray = Object.keys(config).find((key) => !Object.hasOwn(resources, key));
  if (stray !== undefined)
    throw new TypeError(`The run config names a resource “${stray}”, which is not one.`);
  const keyOf = new Map<unknown, string>();
  for (const [key, value] of Object.entries(resources)) if (!keyOf.has(value)) keyOf.set(value, key);
  const launch = new Launch(options.env, keyOf, config);
  const launched: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(resources)) {
    if (isResource(value)) launched[key] = launch.top(value, key);
    else if (config[key] === undefined) launched[key] = value;
    else throw new TypeError(`The resource “${key}” takes no run config: it is no ConfigurableResource.`);
  }
  return { resources: launched, secrets: [...launch.secrets] };
}

/**
 * The configurable resources among `values` with those nested in them, each once, in the order in which a run
 * sets them up: nested ones first. It tears them down in the opposite order.
 */
export function setupOrder(values: Iterable<unknown>): readonly Resource[] {
  const order = new Set<Resource>();
  const visit = (value: unknown): void => {
    if (!isResource(value)) {
      childrenOf(value)?.forEach(visit);
      return;
    }
    Object.values(Resource.stateOf(value).given).forEach(visit);
    order.add(value);
  };
  for (const value of values) if (isResource(value)) visit(value);
  return [...order];
}

class Launch {
  readonly secrets = new Set<string>();
  readonly #env: LaunchOptions['env'];
  readonly #keyOf: ReadonlyMap<unknown, string>;
  readonly #config: Readonly<Record<string, unknown>>;
  readonly #byKey = new Map<string, Resource>();

  constructor(
    env: LaunchOptions['env'],
    keyOf: ReadonlyMap<unknown, string>,
    config: Readonly<Record<string, unknown>>,
  ) {
    this.#env = env;
    this.#keyOf = keyOf;
    this.#config = config;
  }

  top(resource: Resource, key: string): Resource {
    const launched = this.#byKey.get(key) ?? this.one(resource, this.#config[key]);
    this.#byKey.set(key, launched);
    return launched;
  }

  one<Instance extends Resource>(resource: Instance, config: unknown): Instance {
    const name = resource.constructor.name || 'The resource';
    const { schema, given, isLate } = Resource.stateOf(resource);
    if (config !== undefined && !isPlainObject(config))
      throw new TypeError(`${name}: its run config is not an object.`);
    const base =
      config === undefined || isLate
        ? given
        : Object.fromEntries(Object.entries(given).filter(([, value]) => isResource(value)));
    for (const field of Object.keys(config ?? {}))
      if (isResource(given[field]))
        throw new TypeError(
          `${name}: “${field}” is a resource of its own, so its config does not stand here.`,
        );
    const fields = Object.entries({ ...base, ...config }).map(([field, value]) => [
      field,
      this.#resolve(value, `${name}: “${field}”`),
    ]);
    const launched: Instance = Reflect.construct(resource.constructor, [Object.fromEntries(fields)]);
    for (const field of Object.keys(config ?? {}))
      if (!Object.hasOwn(schema.shape, field) && !Object.hasOwn(launched, field))
        throw new TypeError(
          `${name}: the run config has “${field}”, which is no field. Its fields are ${Object.keys(schema.shape).join(', ')}.`,
        );
    return launched;
  }

  #resolve(value: unknown, place: string): unknown {
    if (value instanceof EnvVar) {
      const text = this.#env(value.name);
      if (text !== undefined && text !== '') this.secrets.add(text);
      try {
        return EnvVar.read(value, text);
      } catch (error) {
        throw new TypeError(`${place}: ${(error as Error).message}`);
      }
    }
    if (isResource(value)) return this.#nested(value, place);
    if (Array.isArray(value)) return value.map((item, i) => this.#resolve(item, `${place}[${i}]`));
    if (isPlainObject(value))
      return Object.fromEntries(
        Object.entries(value).map(([name, item]) => [name, this.#resolve(item, `${place}.${name}`)]),
      );
    return value;
  }

  #nested(resource: Resource, place: string): Resource {
    if (!Resource.stateOf(resource).isLate) return this.one(resource, undefined);
    const key = this.#keyOf.get(resource);
    if (key === undefined)
      throw new TypeError(
        `${place} is configured at launch, so it must stand among the resources under a key of its own.`,
      );
    return this.top(resource, key);
  }
}
