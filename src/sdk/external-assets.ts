// Assets that something else makes: named, and looked at.

import { bodyRecord, optionsAndBody, specFields } from './asset.ts';
import {
  AssetSpec,
  type CoercibleToAssetKey,
  type NameFields,
  namedKey,
  type SpecFields,
} from './asset-spec.ts';
import {
  type AssetsDefinition,
  type BodyOptions,
  bodyOptionNames,
  callWithInputs,
  createDefinition,
  refuseUnknown,
} from './assets-definition.ts';
import type { AssetContext } from './context.ts';
import { outputOfSpec, stepName } from './multi-asset.ts';

/**
 * An external asset, and the resource that loads it. `AssetSpec` is the newer way where nothing is loaded.
 * Dagster: SourceAsset.
 */
export class SourceAsset {
  readonly spec: AssetSpec;
  /** Key of the resource that loads it; `io_manager` by default. */
  readonly ioManagerKey?: string;

  constructor(
    fields: { key: CoercibleToAssetKey; ioManagerKey?: string } & Omit<SpecFields, 'codeVersion' | 'kinds'>,
  ) {
    const { ioManagerKey, key, ...rest } = fields;
    refuseUnknown('SourceAsset', rest, sourceFields);
    this.spec = new AssetSpec({ ...rest, key });
    if (ioManagerKey !== undefined) this.ioManagerKey = ioManagerKey;
  }

  get key(): AssetSpec['key'] {
    return this.spec.key;
  }

  get specs(): readonly AssetSpec[] {
    return [this.spec];
  }
}

const sourceFields: ReadonlySet<string> = new Set(['description', 'metadata', 'tags', 'owners', 'groupName']);

/** The same specs, as definitions of external assets. Dagster: external_assets_from_specs. */
export function externalAssetsFromSpecs(specs: readonly AssetSpec[]): readonly AssetSpec[] {
  for (const spec of specs)
    if (!(spec instanceof AssetSpec)) throw new TypeError('externalAssetsFromSpecs takes AssetSpecs.');
  return [...specs];
}

/** The options of `observableSourceAsset`. Dagster: the parameters of `@observable_source_asset`. */
export interface ObservableOptions<Config = unknown>
  extends NameFields,
    Omit<SpecFields, 'codeVersion' | 'kinds'>,
    BodyOptions<Config> {
  /** Key of the resource that loads its value. */
  ioManagerKey?: string;
}

const known: ReadonlySet<string> = new Set<string>([
  'name',
  'key',
  'keyPrefix',
  'description',
  'metadata',
  'tags',
  'owners',
  'groupName',
  'ioManagerKey',
  ...bodyOptionNames,
]);

/**
 * Defines an external asset with a body that looks at it: it returns a `DataVersion` or an `ObserveResult`.
 * Dagster: `@observable_source_asset`.
 */
export function observableSourceAsset<I = never, R = unknown, Resources = object>(
  body: (inputs: I, context: AssetContext<unknown, Resources>) => R,
): AssetsDefinition;
export function observableSourceAsset<I = never, R = unknown, Config = unknown, Resources = object>(
  options: ObservableOptions<Config>,
  body: (inputs: I, context: AssetContext<Config, Resources>) => R,
): AssetsDefinition;
export function observableSourceAsset(first: unknown, second?: unknown): AssetsDefinition {
  const { options, body } = optionsAndBody<ObservableOptions>('observableSourceAsset', first, second);
  refuseUnknown('observableSourceAsset', options, known);
  const key = namedKey(options, body.name);
  const spec = new AssetSpec({ ...specFields(options), key });
  return createDefinition(
    {
      kind: 'observable',
      outputs: [
        {
          name: 'result',
          spec,
          isRequired: true,
          ...(options.ioManagerKey === undefined ? {} : { ioManagerKey: options.ioManagerKey }),
        },
      ],
      body: bodyRecord(key, body, options),
    },
    callWithInputs(body),
  );
}

/** The options of `multiObservableSourceAsset`. Dagster: the parameters of `@multi_observable_source_asset`. */
export interface MultiObservableOptions<Config = unknown> extends BodyOptions<Config> {
  /** By default the function's name. */
  name?: string;
  specs: readonly AssetSpec[];
  description?: string;
  groupName?: string;
  canSubset?: boolean;
}

const knownToMulti: ReadonlySet<string> = new Set<string>([
  'name',
  'specs',
  'description',
  'groupName',
  'canSubset',
  ...bodyOptionNames,
]);

/** Defines several external assets with one body that looks at them: it yields an `ObserveResult` for each. Dagster: `@multi_observable_source_asset`. */
export function multiObservableSourceAsset<I = never, R = unknown, Config = unknown, Resources = object>(
  options: MultiObservableOptions<Config>,
  body: (inputs: I, context: AssetContext<Config, Resources>) => R,
): AssetsDefinition {
  const { options: given, body: run } = optionsAndBody<MultiObservableOptions>(
    'multiObservableSourceAsset',
    options,
    body,
  );
  refuseUnknown('multiObservableSourceAsset', given, knownToMulti);
  const name = stepName('multiObservableSourceAsset', given.name ?? run.name);
  return createDefinition(
    {
      kind: 'multi-observable',
      name,
      // What is seen must be said: nothing is observed without a word.
      outputs: given.specs.map((spec) => ({
        ...outputOfSpec('multiObservableSourceAsset', spec, given),
        isImplicit: false,
      })),
      body: bodyRecord(name, run, given),
      canSubset: given.canSubset ?? false,
    },
    callWithInputs(run),
  );
}
