// Assets under other keys, all at once: what reads one of them reads it under its new key. For copies, whose
// edges among themselves must lead to the copies.

import { checkWithKeys } from './commands/check-commands.ts';
import { type Reader, readerWithInput } from './commands/readers.ts';
import { renamed } from './commands/rename-asset.ts';
import { assetWithKeys, unitWithKeys } from './commands/with-keys.ts';
import type { Asset, Check, Unit } from './document.ts';
import { bodyInputs, unitInputs } from './graph.ts';

/** `newKeys`: old key to new key, of some or all of the assets. Keys that it does not name stay as they are. */
export function rekeyAssets(assets: readonly Asset[], newKeys: ReadonlyMap<string, string>): Asset[] {
  const rename = renamer(newKeys);
  return assets.map((asset) => {
    const isReader = asset.kind === 'asset' || asset.kind === 'observable';
    const reader = assetWithKeys(withDeps(isReader ? withInputs(asset, newKeys) : asset, newKeys), rename);
    const key = newKeys.get(asset.key);
    return key === undefined || key === asset.key ? reader : renamed(reader, key);
  });
}

/** The same of units: their inputs, and what their outputs are made from. */
export function rekeyUnit(unit: Unit, newKeys: ReadonlyMap<string, string>): Unit {
  return unitWithKeys(withInputs(unit, newKeys), renamer(newKeys));
}

/** The same of checks. */
export const rekeyCheck = (check: Check, newKeys: ReadonlyMap<string, string>): Check =>
  checkWithKeys(check, renamer(newKeys));

const renamer =
  (newKeys: ReadonlyMap<string, string>) =>
  (key: string): string =>
    newKeys.get(key) ?? key;

/** The key that an input names. */
export const inputKey = (reader: Reader, name: string): string =>
  reader.ins && Object.hasOwn(reader.ins, name) ? reader.ins[name]! : name;

function withInputs<T extends Reader>(reader: T, newKeys: ReadonlyMap<string, string>): T {
  let after = reader;
  const inputs = reader.kind === 'graph' ? unitInputs(reader) : bodyInputs(reader);
  for (const { name } of inputs) {
    const from = inputKey(reader, name);
    const to = newKeys.get(from);
    if (to !== undefined && to !== from) after = readerWithInput(after, name, to);
  }
  return after;
}

function withDeps(asset: Asset, newKeys: ReadonlyMap<string, string>): Asset {
  if (!asset.deps?.some((dep) => newKeys.has(dep))) return asset;
  return { ...asset, deps: asset.deps.map((dep) => newKeys.get(dep) ?? dep) };
}
