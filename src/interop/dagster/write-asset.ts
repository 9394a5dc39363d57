// An asset with a body, and one that a data file gives, as `@dg.asset`; one that something else makes as `dg.AssetSpec`.

import type { CodeAsset, ExternalAsset, FileAsset, ObservableAsset } from '#model/document.ts';
import type { AssetGraph, NamedInput } from '#model/graph.ts';
import { bodyInputs } from '#model/graph.ts';
import { ioManagerOf } from '#model/io-manager-of.ts';
import { functionText, inputParameters, insPython, resourceKeywords, resourceSet } from './body-function.ts';
import { assetKeyPython, checkSpecPython, keyPython, retryPython, specKeywords } from './keywords.ts';
import { Call } from './python.ts';

/** The inputs of an asset with the keys of the assets that they mean. */
export function resolvedInputs(graph: AssetGraph, asset: CodeAsset | ObservableAsset): readonly NamedInput[] {
  return bodyInputs(asset).map(({ name }) => ({
    name,
    key: resolvedKey(graph, asset.ins?.[name] ?? name, asset),
  }));
}

export function resolvedKey(
  graph: AssetGraph,
  key: string,
  reader: Parameters<AssetGraph['resolve']>[1],
): string {
  const id = graph.resolve(key, reader);
  return (id === undefined ? undefined : graph.document.assets.get(id)?.key) ?? key;
}

// An asset is the same object until it changes; the rest of the project changes its text by what it is told here.
const writtenByAsset = new WeakMap<CodeAsset, { readonly told: string; readonly text: string }>();

function remembered(asset: CodeAsset, told: readonly unknown[], write: () => string): string {
  const facts = JSON.stringify(told);
  const known = writtenByAsset.get(asset);
  if (known?.told === facts) return known.text;
  const text = write();
  writtenByAsset.set(asset, { told: facts, text });
  return text;
}

/** `ioManager` is the key of the resource of the project that keeps the value. */
export function writeAsset(asset: CodeAsset, graph: AssetGraph, name: string): string {
  const resolved = resolvedInputs(graph, asset);
  const manager = projectManager(asset, graph);
  const deps = (asset.deps ?? []).map((key) => resolvedKey(graph, key, asset));
  return remembered(asset, [name, manager, resolved, deps], () => {
    const inputs = inputParameters(resolved);
    const resources = resourceKeywords(asset, manager === undefined ? [] : [manager]);
    const orders = deps.filter((key) => !inputs.some((input) => input.key === key));
    return functionText({
      name,
      decorator: new Call('dg.asset', {
        key: keyPython(asset.key),
        ins: insPython(inputs),
        deps: orders.length > 0 ? orders.map(assetKeyPython) : undefined,
        ...specKeywords(asset),
        io_manager_key: manager,
        required_resource_keys: resourceSet(resources),
        output_required: asset.isRequired === false ? false : undefined,
        retry_policy: retryPython(asset.retryPolicy),
        check_specs: asset.checks?.length
          ? asset.checks.map((spec) => checkSpecPython(spec, asset.key))
          : undefined,
      }),
      holder: asset,
      step: { asset: asset.key, timeout: asset.timeoutSeconds },
      inputs,
      resources,
      context: 'dg.AssetExecutionContext',
      runs: 'yield from run_typescript',
    });
  });
}

export const projectManager = (
  asset: Parameters<typeof ioManagerOf>[0],
  graph: AssetGraph,
): string | undefined => {
  const manager = ioManagerOf(asset, graph.document);
  return manager !== undefined && graph.document.resources.has(manager) ? manager : undefined;
};

export function writeFileAsset(asset: FileAsset, graph: AssetGraph, name: string): string {
  const manager = projectManager(asset, graph);
  const resources = manager === undefined ? [] : [manager];
  return functionText({
    name,
    decorator: new Call('dg.asset', {
      key: keyPython(asset.key),
      deps: asset.deps?.length
        ? asset.deps.map((key) => assetKeyPython(resolvedKey(graph, key, asset)))
        : undefined,
      ...specKeywords(asset),
      io_manager_key: manager,
      required_resource_keys: resourceSet(resources),
    }),
    holder: { body: '' },
    step: { asset: asset.key },
    inputs: [],
    resources,
    context: 'dg.AssetExecutionContext',
    runs: 'yield from run_typescript',
  });
}

export function writeExternal(asset: ExternalAsset, graph: AssetGraph): Call {
  return new Call('dg.AssetSpec', {
    key: keyPython(asset.key),
    deps: asset.deps?.length
      ? asset.deps.map((key) => assetKeyPython(resolvedKey(graph, key, asset)))
      : undefined,
    ...specKeywords(asset),
  });
}

/** With specs, since Dagster's form for one asset takes neither deps nor owners nor kinds. */
export function writeObservable(asset: ObservableAsset, graph: AssetGraph, name: string): string {
  const resources = resourceKeywords(asset);
  return functionText({
    name,
    decorator: new Call('dg.multi_observable_source_asset', {
      name,
      specs: [
        new Call('dg.AssetSpec', {
          key: keyPython(asset.key),
          deps: asset.deps?.length
            ? asset.deps.map((key) => assetKeyPython(resolvedKey(graph, key, asset)))
            : undefined,
          ...specKeywords(asset),
        }),
      ],
      required_resource_keys: resourceSet(resources),
      check_specs: asset.checks?.length
        ? asset.checks.map((spec) => checkSpecPython(spec, asset.key))
        : undefined,
    }),
    holder: asset,
    step: { asset: asset.key, timeout: asset.timeoutSeconds },
    inputs: [],
    resources,
    context: 'dg.AssetExecutionContext',
    runs: 'yield from observe_typescript',
  });
}
