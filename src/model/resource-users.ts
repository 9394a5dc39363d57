// Who uses the resources and IO managers of a project.

import type { ProjectDocument } from './document.ts';
import { ioManagerOf } from './io-manager-of.ts';
import { resourceKeysOf } from './resource-names.ts';

export interface ResourceUser {
  /** The asset whose page tells of it. */
  readonly assetKey: string;
  /** The op, check or unit that asks for it, where that is not the asset itself. */
  readonly part?: string;
  /** Does it keep the asset's value? */
  readonly isManager: boolean;
}

/** By key of the resource, in the order of the assets' keys; resources that nobody uses are left out. */
export function resourceUsers(document: ProjectDocument): ReadonlyMap<string, readonly ResourceUser[]> {
  const users = new Map<string, ResourceUser[]>();
  const add = (resource: string, user: ResourceUser): void => {
    const list = users.get(resource);
    if (list) list.push(user);
    else users.set(resource, [user]);
  };
  const firstOutput = new Map<string, string>();
  for (const asset of document.assets.values()) {
    if (asset.kind === 'output' && !firstOutput.has(asset.unit)) firstOutput.set(asset.unit, asset.key);
    if (asset.kind === 'asset' || asset.kind === 'observable')
      for (const key of resourceKeysOf(asset)) add(key, { assetKey: asset.key, isManager: false });
    if (asset.kind === 'observable' || asset.kind === 'external') continue;
    const manager = ioManagerOf(asset, document);
    if (manager !== undefined) add(manager, { assetKey: asset.key, isManager: true });
  }
  for (const unit of document.units.values()) {
    const assetKey = firstOutput.get(unit.id);
    if (assetKey === undefined) continue;
    if (unit.kind !== 'graph')
      for (const key of resourceKeysOf(unit)) add(key, { assetKey, part: unit.name, isManager: false });
    else
      for (const op of unit.ops)
        for (const key of resourceKeysOf(op))
          add(key, { assetKey, part: `${unit.name}.${op.name}`, isManager: false });
  }
  for (const check of document.checks.values()) {
    const assetKey = check.specs[0]?.asset;
    if (assetKey === undefined) continue;
    for (const key of resourceKeysOf(check)) add(key, { assetKey, part: check.name, isManager: false });
  }
  for (const list of users.values())
    list.sort((a, b) => (a.assetKey < b.assetKey ? -1 : a.assetKey > b.assetKey ? 1 : 0));
  return users;
}
