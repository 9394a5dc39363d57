// A body of several assets: `@dg.multi_asset` with an `AssetOut` for each, or with specs where none has a value.

import type { MultiUnit, OutputAsset } from '#model/document.ts';
import { type AssetGraph, unitInputs } from '#model/graph.ts';
import { functionText, inputParameters, insPython, resourceKeywords, resourceSet } from './body-function.ts';
import { assetKeyPython, checkSpecPython, keyPython, retryPython, specKeywords } from './keywords.ts';
import { Call, Dict, Name, type Python } from './python.ts';
import { projectManager, resolvedKey } from './write-asset.ts';

/** The inputs of a unit with the keys of the assets that they mean. */
export const unitInputsOf = (
  unit: Parameters<typeof unitInputs>[0],
  reader: OutputAsset,
  graph: AssetGraph,
) => unitInputs(unit).map(({ name, key }) => ({ name, key: resolvedKey(graph, key, reader) }));

export const outPython = (output: OutputAsset, graph: AssetGraph): Python =>
  new Call('dg.AssetOut', {
    key: keyPython(output.key),
    ...specKeywords(output),
    io_manager_key: projectManager(output, graph),
    is_required: output.isRequired === false ? false : undefined,
  });

export function writeMultiAsset(
  unit: MultiUnit,
  outputs: readonly OutputAsset[],
  graph: AssetGraph,
  name: string,
): string {
  const isObserving = unit.kind === 'multi-observable';
  const hasSpecs = isObserving || outputs.every(({ isImplicit }) => isImplicit);
  const inputs = isObserving ? [] : inputParameters(unitInputsOf(unit, outputs[0]!, graph));
  const managers = outputs.flatMap((output) => projectManager(output, graph) ?? []);
  const resources = resourceKeywords(unit, managers);
  const deps = [
    ...new Set(
      outputs.flatMap((output) => (output.deps ?? []).map((key) => resolvedKey(graph, key, output))),
    ),
  ].filter(
    (key) => !inputs.some((input) => input.key === key) && !outputs.some((output) => output.key === key),
  );
  return functionText({
    name,
    decorator: new Call(isObserving ? 'dg.multi_observable_source_asset' : 'dg.multi_asset', {
      name: unit.name,
      specs: hasSpecs
        ? outputs.map(
            (output) =>
              new Call('dg.AssetSpec', {
                key: keyPython(output.key),
                deps: specDeps(output, outputs, inputs, graph),
                ...specKeywords(output),
                skippable: output.isRequired === false ? true : undefined,
              }),
          )
        : undefined,
      outs: hasSpecs
        ? undefined
        : new Dict(outputs.map((output) => [output.output, outPython(output, graph)])),
      ins: insPython(inputs),
      deps: !hasSpecs && deps.length > 0 ? deps.map(assetKeyPython) : undefined,
      internal_asset_deps: hasSpecs ? undefined : internalDeps(unit, outputs, inputs, graph, deps),
      description: unit.description,
      can_subset: unit.canSubset ? true : undefined,
      required_resource_keys: resourceSet(resources),
      retry_policy: isObserving ? undefined : retryPython(unit.retryPolicy),
      check_specs: unit.checks?.length
        ? unit.checks.map((spec) => checkSpecPython(spec, outputs.length === 1 ? outputs[0]!.key : undefined))
        : undefined,
    }),
    holder: unit,
    step: { asset: outputs[0]!.key, timeout: unit.timeoutSeconds },
    inputs,
    resources,
    context: 'dg.AssetExecutionContext',
    runs: isObserving ? 'yield from observe_typescript' : 'yield from run_typescript',
  });
}

// What is loaded has to stand among the deps of some spec: of the first one, when no output is made from it.
function specDeps(
  output: OutputAsset,
  outputs: readonly OutputAsset[],
  inputs: readonly { readonly key: string }[],
  graph: AssetGraph,
): Python | undefined {
  const keys = claimedKeys(output, outputs, inputs, graph);
  return keys.length === 0 ? undefined : keys.map(assetKeyPython);
}

function claimedKeys(
  output: OutputAsset,
  outputs: readonly OutputAsset[],
  inputs: readonly { readonly key: string }[],
  graph: AssetGraph,
): readonly string[] {
  const keys = new Set(upstreamKeys(output, graph));
  if (output === outputs[0]) {
    const others = new Set(outputs.flatMap((each) => upstreamKeys(each, graph)));
    for (const { key } of inputs) if (!others.has(key)) keys.add(key);
  }
  return [...keys];
}

function upstreamKeys(output: OutputAsset, graph: AssetGraph): readonly string[] {
  const keys = new Set(
    (graph.upstream.get(output.id) ?? []).flatMap(({ from }) => graph.document.assets.get(from)?.key ?? []),
  );
  for (const key of output.deps ?? []) keys.add(resolvedKey(graph, key, output));
  return [...keys];
}

// Dagster wants all of an output's deps named as soon as one of them is narrower than "every input".
function internalDeps(
  unit: MultiUnit,
  outputs: readonly OutputAsset[],
  inputs: readonly { readonly key: string }[],
  graph: AssetGraph,
  deps: readonly string[],
): Python | undefined {
  if (unit.internalDeps === undefined && deps.length === 0) return undefined;
  const entries = outputs.map((output): [string, Python] => {
    const items = claimedKeys(output, outputs, inputs, graph).map(
      (key) => `dg.AssetKey(${JSON.stringify(assetPath(key))})`,
    );
    return [output.output, new Name(items.length === 0 ? 'set()' : `{${items.join(', ')}}`)];
  });
  return new Dict(entries);
}

const assetPath = (key: string): readonly string[] => {
  const path = keyPython(key);
  return typeof path === 'string' ? [path] : (path as readonly string[]);
};
