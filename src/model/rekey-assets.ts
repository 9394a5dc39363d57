// Assets under other keys, all at once: what reads one of them reads it under its new key. For copies, whose
// edges among themselves must lead to the copies.

import { readerWithInput, renamed } from './commands/rename-asset.ts';
import type { Asset, CodeAsset } from './document.ts';
import { bodyInputs } from './graph.ts';

/** `newKeys`: old key to new key, of some or all of the assets. Keys that it does not name stay as they are. */
export function rekeyAssets(assets: readonly Asset[], newKeys: ReadonlyMap<string, string>): Asset[] {
  return assets.map((asset) => {
    const reader = withDeps(asset.kind === 'asset' ? withInputs(asset, newKeys) : asset, newKeys);
    const key = newKeys.get(asset.key);
    return key === undefined || key === asset.key ? reader : renamed(reader, key);
  });
}

/** The key that an input of a code asset names. */
export const inputKey = (asset: CodeAsset, name: string): string =>
  asset.ins && Object.hasOwn(asset.ins, name) ? asset.ins[name]! : name;

function withInputs(asset: CodeAsset, newKeys: ReadonlyMap<string, string>): CodeAsset {
  let after = asset;
  for (const { name } of bodyInputs(asset)) {
    const from = inputKey(asset, name);
    const to = newKeys.get(from);
    if (to !== undefined && to !== from) after = readerWithInput(after, name, to);
  }
  return after;
}

function withDeps(asset: Asset, newKeys: ReadonlyMap<string, string>): Asset {
  if (!asset.deps?.some((dep) => newKeys.has(dep))) return asset;
  return { ...asset, deps: asset.deps.map((dep) => newKeys.get(dep) ?? dep) };
}
