// IO managers: where values go between bodies. The two methods are the author's; what they keep goes through
// `store`, because no instance outlives a step.

import type { AssetKey } from '#model/asset-key.ts';
import type { ContextLog } from './context.ts';
import type { RawMetadata } from './metadata.ts';
import { type FieldsOf, isObjectSchema, type ObjectSchema } from './object-schema.ts';
import { ConfigurableResource, type Resource, type ResourceClass, type ResourceFields } from './resource.ts';

/**
 * The bytes that an IO manager keeps, by path. Each manager has its own. What a step puts is committed with the
 * event of its asset: all of it, or, when the step fails, none.
 */
export interface ManagerStore {
  /** The bytes under `path`; undefined when there are none. */
  get(path: string): Promise<Uint8Array | undefined>;
  /** Keeps bytes under `path`, in the place of what stood there. */
  put(path: string, bytes: Uint8Array): Promise<void>;
  /** Forgets what stands under `path`, if anything does. */
  delete(path: string): Promise<void>;
}

/** What an IO manager is told about the value it stores. Dagster: OutputContext. */
export interface OutputContext {
  readonly assetKey: AssetKey;
  /** The output's name: `result`, or the out of a multi-asset. */
  readonly name: string;
  /** The partition of this run; absent when the asset has none. */
  readonly partitionKey?: string;
  /** The definition metadata of the asset, as its author wrote it. */
  readonly metadata: RawMetadata;
  /** The fields of the manager. */
  readonly resourceConfig: Readonly<Record<string, unknown>>;
  readonly runId: string;
  readonly stepKey: string;
  readonly log: ContextLog;
  /** Adds metadata to the materialization; it overrides what the result says. */
  addOutputMetadata(metadata: RawMetadata): void;
  readonly store: ManagerStore;
}

/** What an IO manager is told about the value it loads. Dagster: InputContext. */
export interface InputContext {
  /** The asset whose value is wanted. */
  readonly assetKey: AssetKey;
  /** The input's name; absent when no body reads it (`loadAssetValue`). */
  readonly name?: string;
  /** The partition that is wanted; absent when the asset has none. */
  readonly partitionKey?: string;
  /** The metadata of the input (`AssetIn`), as its author wrote it. */
  readonly metadata: RawMetadata;
  /** The fields of the manager. */
  readonly resourceConfig: Readonly<Record<string, unknown>>;
  readonly log: ContextLog;
  /** What `handleOutput` was told when the value was stored: the run, the step, the metadata of then. */
  readonly upstreamOutput: OutputContext;
  /** Does nothing while loading. */
  addOutputMetadata(metadata: RawMetadata): void;
  readonly store: ManagerStore;
}

/**
 * Stores what bodies return and loads what they read. Stands among the resources, by default under the key
 * `io_manager`; an asset is loaded by the manager that stored it. Dagster: IOManager.
 */
export abstract class IOManager {
  /** Stores a value. What it throws fails the step. */
  abstract handleOutput(context: OutputContext, value: unknown): void | Promise<void>;
  /** The value of an asset, or a promise of it. What it throws fails the step that wants it. */
  abstract loadInput(context: InputContext): unknown;
}

/** The class that `ConfigurableIOManager` returns: `extends` it with `handleOutput` and `loadInput`. */
export type IOManagerClass<Schema extends ObjectSchema> = (abstract new (
  fields: ResourceFields<Schema>,
) => Resource & IOManager & FieldsOf<Schema>) &
  Pick<ResourceClass<Schema>, 'configureAtLaunch'>;

/**
 * The base class of IO managers whose fields are those of a Zod object:
 * `class CsvStore extends ConfigurableIOManager(z.object({ folder: z.string() })) { handleOutput(…) {…} loadInput(…) {…} }`.
 * The fields behave as those of `ConfigurableResource`. Dagster: ConfigurableIOManager.
 */
export function ConfigurableIOManager<Schema extends ObjectSchema>(schema: Schema): IOManagerClass<Schema> {
  if (!isObjectSchema(schema)) throw new TypeError('ConfigurableIOManager takes a Zod object.');
  // The two methods are abstract: the author's class has them.
  return ConfigurableResource(schema) as unknown as IOManagerClass<Schema>;
}

/** Has `value` the two methods of an IO manager? */
export const isIOManager = (value: unknown): value is IOManager =>
  typeof value === 'object' &&
  value !== null &&
  typeof Reflect.get(value, 'handleOutput') === 'function' &&
  typeof Reflect.get(value, 'loadInput') === 'function';
