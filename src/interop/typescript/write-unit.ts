// A body that makes or observes several assets.

import { keyToStepKey } from '#model/asset-key.ts';
import type { Json, MultiUnit, OutputAsset } from '#model/document.ts';
import { Call, type Code, Fields, fields } from './code.ts';
import { definitionText } from './definition-file.ts';
import {
  bodyOptions,
  configLeft,
  functionName,
  type LeftFields,
  listCode,
  specOptions,
  type Written,
} from './option-fields.ts';

/** What is left of each output stands under its name in `outputs`. */
export interface WrittenUnit extends Written {
  readonly outputs: ReadonlyMap<string, LeftFields>;
}

export function writeMultiUnit(unit: MultiUnit, outputs: readonly OutputAsset[]): WrittenUnit {
  const isObserving = unit.kind === 'multi-observable';
  const name = functionName(unit.body) === unit.name ? undefined : unit.name;
  const common = {
    name,
    description: unit.description,
    canSubset: unit.canSubset ? true : undefined,
    ...bodyOptions(unit, outputs[0]?.key),
  };
  const bySpecs = isObserving || outputs.every((output) => isSpec(output));
  const group = outputs.length > 1 ? sharedGroup(outputs) : undefined;
  const options = bySpecs
    ? fields({ groupName: group, specs: outputs.map((output) => specCode(output, group)), ...common })
    : fields({
        groupName: group,
        outs: outsCode(outputs, group),
        deps: listCode(sharedDeps(outputs)),
        internalAssetDeps: internalDepsCode(unit),
        ...common,
      });
  const text = definitionText({
    optionsType: isObserving ? 'MultiObservableOptions' : 'MultiAssetOptions',
    options,
    body: unit.body,
  });
  const internalLeft =
    bySpecs && unit.internalDeps ? { internalDeps: unit.internalDeps as unknown as Json } : {};
  return {
    text,
    left: { ...configLeft(unit), ...internalLeft },
    outputs: new Map(
      outputs.map((output) => [
        output.output,
        bySpecs ? specLeft(output, isObserving) : outLeft(output, sharedDeps(outputs)),
      ]),
    ),
  };
}

const isSpec = (output: OutputAsset): boolean =>
  output.isImplicit === true && output.output === keyToStepKey(output.key);

const specCode = (output: OutputAsset, group: string | undefined): Code =>
  new Call('new AssetSpec', [
    fields({
      key: output.key,
      ...specOptions(output),
      ...(group === undefined ? {} : { groupName: undefined }),
      deps: listCode(output.deps),
      skippable: output.isRequired === false ? true : undefined,
    }),
  ]);

const specLeft = (output: OutputAsset, isObserving: boolean): LeftFields => ({
  ...(output.ioManager === undefined ? {} : { ioManager: output.ioManager }),
  ...(output.output === keyToStepKey(output.key) ? {} : { output: output.output }),
  ...(isObserving && output.isImplicit === true ? { isImplicit: true } : {}),
});

/** The `outs` of a unit. `group` is what stands on the unit already. */
export const outsCode = (outputs: readonly OutputAsset[], group: string | undefined): Code =>
  new Fields(
    outputs.map((output) => {
      const options = fields({
        key: output.key === output.output ? undefined : output.key,
        ...specOptions(output),
        ...(group === undefined ? {} : { groupName: undefined }),
        ioManagerKey: output.ioManager,
        isRequired: output.isRequired === false ? false : undefined,
      });
      return [output.output, new Call('new AssetOut', options.entries.length === 0 ? [] : [options])];
    }),
  );

export const outLeft = (
  { deps, isImplicit }: OutputAsset,
  shared: readonly string[] | undefined,
): LeftFields => ({
  ...(deps === undefined || shared !== undefined ? {} : { deps }),
  ...(isImplicit === true ? { isImplicit } : {}),
});

/** The group that all have. */
export function sharedGroup(outputs: readonly OutputAsset[]): string | undefined {
  const group = outputs[0]?.group;
  return outputs.every((output) => output.group === group) ? group : undefined;
}

/** The dependencies that all have: the definition states them once. */
function sharedDeps(outputs: readonly OutputAsset[]): readonly string[] | undefined {
  const [first, ...others] = outputs.map((output) => JSON.stringify(output.deps ?? []));
  return others.every((deps) => deps === first) ? (outputs[0]?.deps ?? []) : undefined;
}

const internalDepsCode = (unit: MultiUnit): Code | undefined =>
  unit.internalDeps &&
  new Fields(Object.entries(unit.internalDeps).map(([output, keys]) => [output, [...keys]]));
