// The `__load` that the factories of a segment module are given. One per step, so that a shared module's
// state begins anew with each step.

import { bodySdk } from './body-sdk.ts';

export type Load = (specifier: string) => unknown;
export type Factory = (load: Load) => unknown;

export interface SegmentModule {
  readonly bodies: readonly Factory[];
  readonly shared: Readonly<Record<string, Factory>>;
  /** What stack frames call the module. */
  readonly url: string;
}

/** Reads what an imported segment exports and freezes it: bodies stand in the same scope and could write to it. */
export function readSegmentModule(exports: unknown, url: string): SegmentModule {
  const { bodies, shared } = exports as { bodies?: unknown; shared?: unknown };
  if (!Array.isArray(bodies) || !bodies.every(isFactory))
    throw new TypeError('The segment module exports no list of bodies.');
  const modules: Record<string, Factory> = { __proto__: null } as never;
  for (const [specifier, factory] of Object.entries((shared ?? {}) as object)) {
    if (!isFactory(factory)) throw new TypeError(`The shared module “${specifier}” is not a function.`);
    modules[specifier] = factory;
  }
  for (const factory of bodies) freezeFactory(factory);
  for (const factory of Object.values(modules)) freezeFactory(factory);
  Object.freeze(bodies);
  if (shared !== undefined) Object.freeze(shared);
  return { bodies, shared: Object.freeze(modules), url };
}

/** A loader for one step. Libraries must have been loaded before. */
export function createLoad(segment: SegmentModule, libraries: ReadonlyMap<string, unknown>): Load {
  let instances: Map<string, unknown> | undefined;
  let loading: string[] | undefined;
  const load: Load = (specifier) => {
    if (specifier === 'headwater') return bodySdk;
    const factory = segment.shared[specifier];
    if (factory === undefined) {
      const library = libraries.get(specifier);
      if (library === undefined)
        throw new Error(`There is no module “${specifier}” that a body could import.`);
      return library;
    }
    instances ??= new Map();
    if (instances.has(specifier)) return instances.get(specifier);
    loading ??= [];
    if (loading.includes(specifier))
      throw new Error(
        `Shared modules import each other in a circle: ${[...loading, specifier].join(' → ')}.`,
      );
    loading.push(specifier);
    const instance = factory(load);
    loading.pop();
    instances.set(specifier, instance);
    return instance;
  };
  return load;
}

const isFactory = (value: unknown): value is Factory => typeof value === 'function';

function freezeFactory(factory: Factory): void {
  const { prototype } = factory as { prototype?: unknown };
  if (typeof prototype === 'object') Object.freeze(prototype);
  Object.freeze(factory);
}
