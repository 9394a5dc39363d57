// Assets that modules export, taken together: with keys in front of theirs, or in one group.

import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AssetKey, formatUserString, parseUserString } from '#model/asset-key.ts';
import { AssetSpec } from '#sdk/asset-spec.ts';
import { type AssetsDefinition, isAssetsDefinition } from '#sdk/assets-definition.ts';
import { SourceAsset } from '#sdk/external-assets.ts';
import { mapDefinition, mapSpec } from '#sdk/map-definition.ts';

/** What assets get when they are loaded. */
export interface LoadAssetsOptions {
  /** The group of all of them. Throws where one has a group of its own. */
  readonly groupName?: string;
  /** Parts in front of the keys of assets with a body: `"raw/eu"`, `["raw", "eu"]`. */
  readonly keyPrefix?: string | readonly string[];
  /** Parts in front of the keys of specs and of source assets, an observable one too. */
  readonly sourceKeyPrefix?: string | readonly string[];
  /** Whether specs, which stand for external assets, are loaded too. False by default. */
  readonly includeSpecs?: boolean;
}

type Loadable = AssetsDefinition | AssetSpec | SourceAsset;
type Module = Readonly<Record<string, unknown>>;

/**
 * The assets that modules export, alone or in arrays: `loadAssetsFromModules([await import('./orders.ts')])`. They
 * come by module and by name; one that several modules export comes once. With a prefix, whoever depends on a
 * loaded asset depends on it under its new key; other keys stay. Throws a TypeError for two assets of one key,
 * and for a group that contradicts that of an asset. Dagster: `load_assets_from_modules`.
 */
export function loadAssetsFromModules(
  modules: Iterable<Module>,
  options: LoadAssetsOptions = {},
): readonly Loadable[] {
  return load(
    [...modules].map((module, i) => ({ name: `module ${i + 1}`, module })),
    options,
  );
}

/**
 * The assets that one module exports; ECMAScript has no way to ask for the current one, so it is handed in:
 * `import * as self from './assets.ts'`. Otherwise as `loadAssetsFromModules`. Dagster:
 * `load_assets_from_current_module`.
 */
export function loadAssetsFromCurrentModule(
  module: Module,
  options: LoadAssetsOptions = {},
): readonly Loadable[] {
  return load([{ name: 'the module', module }], options);
}

/**
 * The assets of all modules in a folder and the folders in it, which are imported for that: files ending in
 * `.js`, `.mjs`, `.ts` or `.mts`, apart from tests, declarations, `node_modules` and what begins with a dot.
 * Needs Node; whether TypeScript can be imported is up to it. Otherwise as `loadAssetsFromModules`. Dagster:
 * `load_assets_from_package_module`.
 */
export async function loadAssetsFromPackage(
  folder: string,
  options: LoadAssetsOptions = {},
): Promise<readonly Loadable[]> {
  const named: NamedModule[] = [];
  for (const path of modulePaths(folder))
    named.push({
      name: relative(folder, path),
      module: await import(/* @vite-ignore */ pathToFileURL(path).href),
    });
  return load(named, options);
}

interface NamedModule {
  readonly name: string;
  readonly module: Module;
}

function modulePaths(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return modulePaths(path);
    return /\.m?[jt]s$/.test(entry.name) && !/\.(d|test|spec)\.m?[jt]s$/.test(entry.name) ? [path] : [];
  });
}

function load(modules: readonly NamedModule[], options: LoadAssetsOptions): readonly Loadable[] {
  const found = new Map<Loadable, string>();
  for (const { name, module } of modules)
    for (const exported of Object.keys(module).sort())
      for (const item of loadablesOf(module[exported]))
        if (!found.has(item) && (options.includeSpecs || !(item instanceof AssetSpec))) found.set(item, name);
  refuseDuplicates(found);
  const newKeys = new Map<string, string>();
  for (const item of found.keys()) {
    const prefix = isSource(item) ? options.sourceKeyPrefix : options.keyPrefix;
    for (const key of keysOf(item)) newKeys.set(key, prefixed(key, prefix));
  }
  return [...found.keys()].map((item) => withAttributes(item, newKeys, options.groupName));
}

// As in Dagster, one observable source asset is one, and several of one body are not.
const isSource = (item: Loadable): boolean => !isAssetsDefinition(item) || item.record.kind === 'observable';
const specsOf = (item: Loadable): readonly AssetSpec[] => (item instanceof AssetSpec ? [item] : item.specs);
const keysOf = (item: Loadable): string[] => specsOf(item).map((spec) => spec.key.toString());

function loadablesOf(value: unknown): readonly Loadable[] {
  const isLoadable = (item: unknown): item is Loadable =>
    item instanceof AssetSpec || item instanceof SourceAsset || isAssetsDefinition(item);
  if (isLoadable(value)) return [value];
  return Array.isArray(value) && value.every(isLoadable) ? value : [];
}

function refuseDuplicates(found: ReadonlyMap<Loadable, string>): void {
  const placesByKey = new Map<string, string[]>();
  for (const [item, place] of found)
    for (const key of keysOf(item)) {
      const places = placesByKey.get(key);
      if (places) places.push(place);
      else placesByKey.set(key, [place]);
    }
  for (const [key, places] of placesByKey)
    if (places.length > 1)
      throw new TypeError(`“${key}” is defined more than once, in ${[...new Set(places)].join(' and ')}.`);
}

function prefixed(key: string, prefix: string | readonly string[] | undefined): string {
  if (prefix === undefined) return key;
  const parts = typeof prefix === 'string' ? parseUserString(prefix) : prefix;
  return formatUserString([...parts, ...AssetKey.fromUserString(key).path]);
}

function withAttributes(
  item: Loadable,
  newKeys: ReadonlyMap<string, string>,
  groupName: string | undefined,
): Loadable {
  for (const spec of specsOf(item)) {
    const ownGroup = spec.groupName ?? 'default';
    if (groupName !== undefined && ownGroup !== 'default' && ownGroup !== groupName)
      throw new TypeError(
        `“${spec.key}” has the group “${ownGroup}”, so it cannot be loaded into “${groupName}”.`,
      );
  }
  const change = {
    keyOf: (key: string) => newKeys.get(key) ?? key,
    ...(groupName === undefined ? {} : { groupName }),
  };
  if (isAssetsDefinition(item)) return mapDefinition(item, change);
  return item instanceof AssetSpec ? mapSpec(item, change) : mapSource(item, change);
}

function mapSource({ spec, ioManagerKey }: SourceAsset, change: Parameters<typeof mapSpec>[1]): SourceAsset {
  const { key, description, metadata, tags, owners, groupName } = mapSpec(spec, change);
  return new SourceAsset({
    key,
    tags,
    owners,
    ...(description === undefined ? {} : { description }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(groupName === undefined ? {} : { groupName }),
    ...(ioManagerKey === undefined ? {} : { ioManagerKey }),
  });
}
