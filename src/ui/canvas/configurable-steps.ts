// What a launch can configure: the bodies of the run that have a config or a schema of one.

import type { PreviewRow } from '#engine/plan-preview.ts';
import type { Json, ProjectDocument } from '#model/document.ts';

export interface ConfigurableStep {
  /** What run config calls it: an asset's key, a unit's name, "graph.op" or "asset: check". */
  readonly name: string;
  readonly config?: Json;
  readonly configSchema?: Json;
}

export function configurableSteps(
  document: ProjectDocument,
  rows: readonly PreviewRow[],
): readonly ConfigurableStep[] {
  const found = new Map<string, ConfigurableStep>();
  const add = (name: string, of: { readonly config?: Json; readonly configSchema?: Json }) => {
    const { config, configSchema } = of;
    if (config === undefined && configSchema === undefined) return;
    found.set(name, {
      name,
      ...(config === undefined ? {} : { config }),
      ...(configSchema === undefined ? {} : { configSchema }),
    });
  };
  const running = new Set<string>();
  for (const { assetId, does } of rows) {
    const asset = document.assets.get(assetId);
    if (!asset || does !== 'run') continue;
    running.add(asset.key);
    if (asset.kind === 'asset' || asset.kind === 'observable') add(asset.key, asset);
    const unit = asset.kind === 'output' ? document.units.get(asset.unit) : undefined;
    if (unit?.kind === 'graph') for (const op of unit.ops) add(`${unit.name}.${op.name}`, op);
    else if (unit) add(unit.name, unit);
  }
  for (const check of document.checks.values()) {
    const [first, second] = check.specs;
    if (first?.asset === undefined || !running.has(first.asset)) continue;
    add(second ? check.name : `${first.asset}: ${first.name}`, check);
  }
  return [...found.values()];
}
