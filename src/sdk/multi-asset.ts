// `multiAsset(…)`: one body that makes several assets.

import { formatUserString, keyToStepKey } from '#model/asset-key.ts';
import { bodyRecord, optionsAndBody, specFields } from './asset.ts';
import {
  AssetSpec,
  type CoercibleToAssetDep,
  type CoercibleToAssetKey,
  checkedKey,
  depTexts,
  keyTextOf,
  pathOf,
  type SpecFields,
} from './asset-spec.ts';
import {
  type AssetsDefinition,
  type BodyOptions,
  type BodyRecord,
  bodyOptionNames,
  callWithInputs,
  createDefinition,
  type DefinedOutput,
  refuseUnknown,
} from './assets-definition.ts';
import { inputsOf } from './body-text.ts';
import type { AssetContext } from './context.ts';
import type { AssetKeyLike } from './results.ts';

/** One output of a multi-asset or a graph. Dagster: AssetOut. */
export class AssetOut {
  readonly fields: AssetOutFields;

  constructor(fields: AssetOutFields = {}) {
    if (fields.key !== undefined && fields.keyPrefix !== undefined)
      throw new TypeError('AssetOut takes a key or a keyPrefix, not both.');
    refuseUnknown('AssetOut', fields, outFields);
    this.fields = fields;
  }
}

export interface AssetOutFields extends SpecFields {
  /** By default the output's name. */
  key?: AssetKeyLike;
  /** Parts in front of the output's name. */
  keyPrefix?: string | readonly string[];
  /** False: the body may leave it out; what reads it is skipped then. True by default. */
  isRequired?: boolean;
  /** Key of the resource that stores the value. */
  ioManagerKey?: string;
}

const outFields: ReadonlySet<string> = new Set<keyof AssetOutFields>([
  'key',
  'keyPrefix',
  'isRequired',
  'ioManagerKey',
  'description',
  'metadata',
  'tags',
  'owners',
  'kinds',
  'groupName',
  'codeVersion',
]);

/** The options of `multiAsset`: `outs`, or `specs` of assets without values. Dagster: the parameters of `@multi_asset`. */
export interface MultiAssetOptions<Config = unknown> extends BodyOptions<Config> {
  /** Names the step; by default the function's name. */
  name?: string;
  /** Output name to asset. */
  outs?: Readonly<Record<string, AssetOut>>;
  /** The assets, where the body gives no values or yields MaterializeResults. */
  specs?: readonly AssetSpec[];
  /** Assets that come first without being loaded; with `outs` only. */
  deps?: readonly CoercibleToAssetDep[];
  description?: string;
  /** For outputs that have none of their own. */
  groupName?: string;
  /** For outputs that have none of their own. */
  codeVersion?: string;
  /** Can a run make some of the assets without the others? The body asks `context.selectedOutputNames`. */
  canSubset?: boolean;
  /** Output name to the keys that it is made from, of inputs and of other outputs; every input by default. */
  internalAssetDeps?: Readonly<Record<string, Iterable<CoercibleToAssetKey>>>;
}

const known: ReadonlySet<string> = new Set<keyof MultiAssetOptions>([
  'name',
  'outs',
  'specs',
  'deps',
  'description',
  'groupName',
  'codeVersion',
  'canSubset',
  'internalAssetDeps',
  ...bodyOptionNames,
]);

/**
 * Defines several assets that one body makes: `multiAsset(options, body)`. The body returns an object keyed by output
 * name, or yields `Output` or `MaterializeResult` as it goes; what was yielded before a failure stays materialized.
 * Dagster: `@multi_asset`.
 */
export function multiAsset<I = never, R = unknown, Config = unknown, Resources = object>(
  options: MultiAssetOptions<Config>,
  body: (inputs: I, context: AssetContext<Config, Resources>) => R,
): AssetsDefinition;
export function multiAsset(first: unknown, second?: unknown): AssetsDefinition {
  const { options, body } = optionsAndBody<MultiAssetOptions>('multiAsset', first, second);
  refuseUnknown('multiAsset', options, known);
  const name = stepName('multiAsset', options.name ?? body.name);
  const outputs = options.specs
    ? outputsOfSpecs(options, options.specs)
    : outputsOfOuts('multiAsset', options);
  const record = bodyRecord(name, body, options);
  const internalDeps = internalDepsOf(options, outputs, inputKeys(record, name));
  return createDefinition(
    {
      kind: 'multi',
      name,
      outputs,
      body: record,
      canSubset: options.canSubset ?? false,
      ...(internalDeps === undefined ? {} : { internalDeps }),
    },
    callWithInputs(body),
  );
}

/** A name that a step can have. */
export function stepName(of: string, name: string): string {
  if (name === '') throw new TypeError(`${of}: an anonymous body needs a \`name\`.`);
  if (!/^\w+$/.test(name)) throw new TypeError(`${of}: a name has letters, digits and “_”; got “${name}”.`);
  return name;
}

/** The outputs that `outs` declare. */
export function outputsOfOuts(
  of: string,
  {
    outs,
    deps,
    groupName,
    codeVersion,
  }: Pick<MultiAssetOptions, 'outs' | 'deps' | 'groupName' | 'codeVersion'>,
): DefinedOutput[] {
  const entries = Object.entries(outs ?? {});
  if (entries.length === 0)
    throw new TypeError(`${of} needs \`outs\`${of === 'multiAsset' ? ' or `specs`' : ''}.`);
  return entries.map(([name, out]) => {
    if (!(out instanceof AssetOut)) throw new TypeError(`${of}: \`outs.${name}\` is not an AssetOut.`);
    const { key, keyPrefix, isRequired, ioManagerKey } = out.fields;
    if (groupName !== undefined && out.fields.groupName !== undefined)
      throw new TypeError(
        `${of}: \`groupName\` stands on the definition and on the output “${name}”; give it once.`,
      );
    const text =
      key === undefined
        ? checkedKey(formatUserString([...(keyPrefix === undefined ? [] : pathOf(keyPrefix)), name]))
        : checkedKey(keyTextOf(key));
    const spec = new AssetSpec({
      ...(groupName === undefined ? {} : { groupName }),
      ...(codeVersion === undefined ? {} : { codeVersion }),
      ...specFields(out.fields),
      key: text,
      deps: deps ?? [],
    });
    return {
      name,
      spec,
      isRequired: isRequired ?? true,
      ...(ioManagerKey === undefined ? {} : { ioManagerKey }),
    };
  });
}

function outputsOfSpecs(options: MultiAssetOptions, specs: readonly AssetSpec[]): DefinedOutput[] {
  if (options.outs) throw new TypeError('multiAsset takes `outs` or `specs`, not both.');
  if (options.deps)
    throw new TypeError('multiAsset: with `specs`, dependencies stand in the specs, not in `deps`.');
  if (options.internalAssetDeps)
    throw new TypeError(
      'multiAsset: with `specs`, dependencies stand in the specs, not in `internalAssetDeps`.',
    );
  if (specs.length === 0) throw new TypeError('multiAsset: `specs` is empty.');
  return specs.map((spec) => outputOfSpec('multiAsset', spec, options));
}

/** A spec as an output: its name is the key as an identifier. */
export function outputOfSpec(
  of: string,
  spec: AssetSpec,
  { groupName, codeVersion }: Pick<MultiAssetOptions, 'groupName' | 'codeVersion'>,
): DefinedOutput {
  if (!(spec instanceof AssetSpec))
    throw new TypeError(`${of}: \`specs\` holds something that is no AssetSpec.`);
  if (groupName !== undefined && spec.groupName !== undefined)
    throw new TypeError(`${of}: \`groupName\` stands on the definition and on “${spec.key}”; give it once.`);
  const completed = spec.replaceAttributes({
    ...(groupName === undefined ? {} : { groupName }),
    ...(codeVersion === undefined || spec.codeVersion !== undefined ? {} : { codeVersion }),
  });
  return {
    name: keyToStepKey(spec.key.toString()),
    spec: completed,
    isRequired: !spec.skippable,
    isImplicit: true,
  };
}

/** The keys that the body's inputs name, before they are looked up in their group. */
const inputKeys = ({ text, ins }: BodyRecord, label: string): readonly string[] =>
  inputsOf(text, label).map(({ name }) => {
    const { key, keyPrefix = [] } = ins[name] ?? {};
    return key ?? formatUserString([...keyPrefix, name]);
  });

// Output names in `internalAssetDeps` mean keys there: an output's own key is what others are made from.
function internalDepsOf(
  options: MultiAssetOptions,
  outputs: readonly DefinedOutput[],
  inputs: readonly string[],
): Readonly<Record<string, readonly string[]>> | undefined {
  if (!options.internalAssetDeps) return undefined;
  const names = new Set(outputs.map((output) => output.name));
  const keys = new Set([
    ...outputs.map(({ spec }) => spec.key.toString()),
    ...inputs,
    ...depTexts(options.deps),
  ]);
  return Object.fromEntries(
    Object.entries(options.internalAssetDeps).map(([name, deps]) => {
      if (!names.has(name))
        throw new TypeError(`multiAsset: \`internalAssetDeps\` names “${name}”, which is no output.`);
      const texts = depTexts([...deps]);
      const stranger = texts.find((key) => !keys.has(key));
      if (stranger !== undefined)
        throw new TypeError(
          `multiAsset: \`internalAssetDeps.${name}\` names “${stranger}”, which is neither an input nor an output.`,
        );
      return [name, texts];
    }),
  );
}
