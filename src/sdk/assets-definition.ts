// What `asset`, `multiAsset`, `graphAsset` and their like return: a callable with everything that a document, a plan
// and a run need to know of it.

import type { AssetKey } from '#model/asset-key.ts';
import type { ColumnSchema, CsvOptions, DataFile, FileAsset, GraphUnit } from '#model/document.ts';
import type { AssetIn, AssetSpec } from './asset-spec.ts';
import type { AssetCheckSpec } from './check-spec.ts';
import type { AssetContext } from './context.ts';
import type { HookDefinition } from './hooks.ts';
import type { RetryPolicy } from './retry-policy.ts';

/** What anything that has a Zod-like `parse` can be: the schema of an asset's config. */
export interface ConfigSchema<Config> {
  /** The config that bodies see. Throws where `raw` is none. */
  parse(raw: unknown): Config;
}

/** What everything with a body takes. */
export interface BodyOptions<Config = unknown> {
  /** Input name to where it comes from, for inputs whose key is not their name. */
  ins?: Readonly<Record<string, AssetIn>>;
  /** A Zod object; the body finds what it parses to as `context.config`. */
  config?: ConfigSchema<Config>;
  /** Keys of the resources that the body uses. */
  requiredResourceKeys?: readonly string[];
  retryPolicy?: RetryPolicy;
  /** Seconds after which a running body is stopped. */
  timeoutSeconds?: number;
  /** Checks whose results the body itself gives. */
  checkSpecs?: readonly AssetCheckSpec[];
  /** Called when the step has succeeded or failed. */
  hooks?: readonly HookDefinition[];
  /** Tags of the step; they carry no meaning here. */
  opTags?: Readonly<Record<string, unknown>>;
  /** Steps of one pool share its limit. */
  pool?: string;
}

/** A function as authors write it: inputs and context, or an op's values by position and the context. */
export type AnyBody = (...args: never[]) => unknown;

/** A body with what it needs. */
export interface BodyRecord {
  readonly run: AnyBody;
  readonly text: string;
  readonly ins: Readonly<Record<string, AssetIn>>;
  readonly options: BodyOptions;
}

/** One asset of a definition. */
export interface DefinedOutput {
  /** What the body calls it. */
  readonly name: string;
  readonly spec: AssetSpec;
  readonly isRequired: boolean;
  /** Made without a value when the body says nothing of it. */
  readonly isImplicit?: boolean;
  readonly ioManagerKey?: string;
}

export type DefinitionRecord =
  | {
      readonly kind: 'asset' | 'observable';
      readonly outputs: readonly [DefinedOutput];
      readonly body: BodyRecord;
    }
  | {
      readonly kind: 'multi' | 'multi-observable';
      readonly name: string;
      readonly outputs: readonly DefinedOutput[];
      readonly body: BodyRecord;
      readonly canSubset: boolean;
      readonly internalDeps?: Readonly<Record<string, readonly string[]>>;
    }
  | {
      readonly kind: 'graph';
      readonly name: string;
      readonly outputs: readonly DefinedOutput[];
      readonly graph: Pick<GraphUnit, 'ops' | 'results'>;
      readonly ins: Readonly<Record<string, AssetIn>>;
      /** By op, what it runs. */
      readonly bodies: ReadonlyMap<string, BodyRecord>;
      readonly canSubset: boolean;
      readonly options: Pick<BodyOptions, 'checkSpecs' | 'hooks'>;
    }
  | {
      readonly kind: 'file';
      readonly outputs: readonly [DefinedOutput];
      readonly file: Pick<DataFile, 'path' | 'format'>;
      readonly schema?: readonly ColumnSchema[];
      readonly csv?: CsvOptions;
      readonly badRows?: NonNullable<FileAsset['badRows']>;
    };

/** A definition of one asset or several. Callable with inputs and a context, for unit tests. Dagster: AssetsDefinition. */
export interface AssetsDefinition {
  (...args: unknown[]): unknown;
  /** The key of its one asset. Throws when it makes several. */
  readonly key: AssetKey;
  readonly keys: readonly AssetKey[];
  /** Of its one asset. Throws when it makes several. */
  readonly spec: AssetSpec;
  readonly specs: readonly AssetSpec[];
  readonly checkSpecs: readonly AssetCheckSpec[];
  /** How it is made up; for the machinery. */
  readonly record: DefinitionRecord;
}

/** Is this what `asset` and its like return? */
export const isAssetsDefinition = (value: unknown): value is AssetsDefinition =>
  typeof value === 'function' && 'record' in value && 'specs' in value;

/** Makes the callable. `call` is what unit tests reach. */
export function createDefinition(record: DefinitionRecord, call: AnyBody): AssetsDefinition {
  const specs: readonly AssetSpec[] = record.outputs.map(({ spec }) => spec);
  for (const check of checkSpecsOf(record))
    if (!specs.some((spec) => spec.key.equals(check.assetKey)))
      throw new TypeError(
        `The check “${check.name}” is about “${check.assetKey}”, which its definition does not make. It makes ${specs.map((spec) => `“${spec.key}”`).join(', ')}.`,
      );
  const only = (): AssetSpec => {
    if (specs.length !== 1)
      throw new TypeError(
        `This definition makes ${specs.length} assets (${specs.map((spec) => spec.key.toString()).join(', ')}): use \`keys\` or \`specs\`.`,
      );
    return specs[0]!;
  };
  const run = call as unknown as (...args: unknown[]) => unknown;
  const definition = (...args: unknown[]) => run(...args);
  Object.defineProperties(definition, {
    key: { get: () => only().key, enumerable: true },
    spec: { get: only, enumerable: true },
    keys: { value: specs.map((spec) => spec.key), enumerable: true },
    specs: { value: specs, enumerable: true },
    checkSpecs: { value: checkSpecsOf(record), enumerable: true },
    record: { value: record },
  });
  return definition as AssetsDefinition;
}

function checkSpecsOf(record: DefinitionRecord): readonly AssetCheckSpec[] {
  if (record.kind === 'file') return [];
  const { checkSpecs } = record.kind === 'graph' ? record.options : record.body.options;
  return checkSpecs ?? [];
}

/** What a body that takes inputs is called with in a unit test. */
export const callWithInputs =
  (body: AnyBody) =>
  (inputs: unknown = {}, context?: AssetContext): unknown =>
    (body as (inputs: unknown, context?: AssetContext) => unknown)(inputs, context);

/** Refuses options that nothing here understands, so that none is passed over in silence. */
export function refuseUnknown(of: string, options: object, known: ReadonlySet<string>): void {
  for (const name of Object.keys(options)) {
    if (known.has(name)) continue;
    throw new TypeError(
      laterOptions.has(name)
        ? `${of}: the option “${name}” is not supported yet.`
        : `${of} has no option “${name}”.`,
    );
  }
}

const laterOptions: ReadonlySet<string> = new Set([
  'partitionsDef',
  'backfillPolicy',
  'automationCondition',
  'autoMaterializePolicy',
  'freshnessPolicy',
]);

export const bodyOptionNames: readonly (keyof BodyOptions)[] = [
  'ins',
  'config',
  'requiredResourceKeys',
  'retryPolicy',
  'timeoutSeconds',
  'checkSpecs',
  'hooks',
  'opTags',
  'pool',
];
