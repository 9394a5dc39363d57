// `assetCheck` and `multiAssetCheck`: bodies that look at assets and say whether they are as they should be.

import { bodyRecord, optionsAndBody } from './asset.ts';
import type { AssetIn, CoercibleToAssetDep, CoercibleToAssetKey } from './asset-spec.ts';
import {
  type AnyBody,
  type BodyOptions,
  type BodyRecord,
  bodyOptionNames,
  callWithInputs,
  refuseUnknown,
} from './assets-definition.ts';
import { inputsOf, textOfBody } from './body-text.ts';
import { AssetCheckSpec } from './check-spec.ts';
import type { AssetContext } from './context.ts';
import type { RawMetadata } from './metadata.ts';
import { stepName } from './multi-asset.ts';

/** What `assetCheck` and `multiAssetCheck` return. Callable, for unit tests. Dagster: AssetChecksDefinition. */
export interface AssetChecksDefinition {
  (...args: unknown[]): unknown;
  /** Names the step when there are several checks. */
  readonly checkName: string;
  readonly specs: readonly AssetCheckSpec[];
  readonly canSubset: boolean;
  readonly body: BodyRecord;
}

/** Is this what `assetCheck` and its like return? */
export const isChecksDefinition = (value: unknown): value is AssetChecksDefinition =>
  typeof value === 'function' && 'checkName' in value && 'specs' in value;

interface CheckBodyOptions<Config> extends Omit<BodyOptions<Config>, 'checkSpecs' | 'ins'> {
  /** Other assets whose values the body reads. */
  additionalIns?: Readonly<Record<string, AssetIn>>;
}

/** The options of `assetCheck`. Dagster: the parameters of `@asset_check`. */
export interface AssetCheckOptions<Config = unknown> extends CheckBodyOptions<Config> {
  asset: CoercibleToAssetKey;
  /** By default the function's name. */
  name?: string;
  description?: string;
  /** A failure with severity ERROR keeps what reads the asset from running. */
  blocking?: boolean;
  additionalDeps?: readonly CoercibleToAssetDep[];
  metadata?: RawMetadata;
}

const bodyNames = bodyOptionNames.filter((name) => name !== 'checkSpecs' && name !== 'ins');
const known: ReadonlySet<string> = new Set<string>([
  'asset',
  'name',
  'description',
  'blocking',
  'additionalDeps',
  'additionalIns',
  'metadata',
  ...bodyNames,
]);

/**
 * Defines a check of an asset: `assetCheck({ asset }, ({ orders }) => new AssetCheckResult({ passed: orders.length > 0 }))`.
 * The one name outside `additionalIns` that the body destructures receives the asset's value, whatever it is called.
 * Dagster: `@asset_check`.
 */
export function assetCheck<I = never, R = unknown, Config = unknown, Resources = object>(
  options: AssetCheckOptions<Config>,
  body: (inputs: I, context: AssetContext<Config, Resources>) => R,
): AssetChecksDefinition;
export function assetCheck(first: unknown, second?: unknown): AssetChecksDefinition {
  const { options, body } = optionsAndBody<AssetCheckOptions>('assetCheck', first, second);
  refuseUnknown('assetCheck', options, known);
  const name = options.name ?? body.name;
  if (name === '') throw new TypeError('assetCheck: an anonymous body needs a `name`.');
  const { asset, description, blocking, additionalDeps, metadata } = options;
  if (asset === undefined) throw new TypeError('assetCheck needs an `asset`.');
  const spec = new AssetCheckSpec({
    name,
    asset,
    ...(description === undefined ? {} : { description }),
    ...(blocking === undefined ? {} : { blocking }),
    ...(additionalDeps === undefined ? {} : { additionalDeps }),
    ...(metadata === undefined ? {} : { metadata }),
  });
  const ins = options.additionalIns ?? {};
  const own = inputsOf(textOfBody(body), name).filter((input) => !Object.hasOwn(ins, input.name));
  if (own.length > 1)
    throw new TypeError(
      `The check “${name}” takes one value besides its additional inputs; it names ${own.map((input) => `“${input.name}”`).join(', ')}. Name the others in \`additionalIns\`.`,
    );
  return createChecks(name, [spec], false, body, options);
}

/** The options of `multiAssetCheck`. Dagster: the parameters of `@multi_asset_check`. */
export interface MultiAssetCheckOptions<Config = unknown> extends Omit<BodyOptions<Config>, 'checkSpecs'> {
  specs: readonly AssetCheckSpec[];
  /** Names the step; by default the function's name. */
  name?: string;
  description?: string;
  /** Can a run evaluate some of the checks without the others? */
  canSubset?: boolean;
}

const knownToMulti: ReadonlySet<string> = new Set<string>([
  'specs',
  'name',
  'description',
  'canSubset',
  'ins',
  ...bodyNames,
]);

/** Defines several checks with one body, which yields an `AssetCheckResult` for each. Dagster: `@multi_asset_check`. */
export function multiAssetCheck<I = never, R = unknown, Config = unknown, Resources = object>(
  options: MultiAssetCheckOptions<Config>,
  body: (inputs: I, context: AssetContext<Config, Resources>) => R,
): AssetChecksDefinition;
export function multiAssetCheck(first: unknown, second?: unknown): AssetChecksDefinition {
  const { options, body } = optionsAndBody<MultiAssetCheckOptions>('multiAssetCheck', first, second);
  refuseUnknown('multiAssetCheck', options, knownToMulti);
  const name = stepName('multiAssetCheck', options.name ?? body.name);
  if (!Array.isArray(options.specs) || options.specs.length === 0)
    throw new TypeError('multiAssetCheck needs `specs`.');
  if (!options.specs.every((spec) => spec instanceof AssetCheckSpec))
    throw new TypeError('multiAssetCheck: `specs` holds something that is no AssetCheckSpec.');
  return createChecks(name, options.specs, options.canSubset ?? false, body, {
    ...options,
    additionalIns: options.ins ?? {},
  });
}

function createChecks(
  name: string,
  specs: readonly AssetCheckSpec[],
  canSubset: boolean,
  run: AnyBody,
  { additionalIns, ...options }: CheckBodyOptions<unknown>,
): AssetChecksDefinition {
  const body = bodyRecord(name, run, { ...options, ins: additionalIns ?? {} });
  const call = callWithInputs(run) as unknown as (...args: unknown[]) => unknown;
  return Object.assign((...args: unknown[]) => call(...args), { checkName: name, specs, canSubset, body });
}
