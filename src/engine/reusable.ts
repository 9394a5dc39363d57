// Which assets a run need not make again: their code and all that they read are as their stored materialization
// recorded them (design §5). Chosen per launch; nothing is reused by itself.

import type { Materialization } from '#model/asset-state.ts';
import type { Asset } from '#model/document.ts';
import type { AssetGraph } from '#model/graph.ts';
import type { AssetId } from '#model/ids.ts';
import type { AttemptOutcome } from './asset-index.ts';
import { definitionVersion } from './code-version.ts';
import type { Compiler } from './compiler.ts';
import { staleCausesOf } from './versions.ts';

export interface ReuseFacts {
  readonly graph: AssetGraph;
  readonly compiler: Compiler;
  latestOf(id: AssetId): Materialization | undefined;
  /** How the newest run that meant to make the asset ended for it. */
  attemptOf(id: AssetId): AttemptOutcome | undefined;
}

/**
 * Those of `ids` that can be reused. `ids` come upstream first. What reads an asset that is to run runs too; an
 * asset whose last attempt did not succeed is made again; and so is one without a stored value that another
 * asset of the run reads; and so is what is in `mustRun`.
 */
export function reusableAssets(
  ids: readonly AssetId[],
  facts: ReuseFacts,
  mustRun: ReadonlySet<AssetId> = new Set(),
): Set<AssetId> {
  const { graph } = facts;
  const chosen = new Set(ids);
  const running = new Set<AssetId>();
  const reused = new Set<AssetId>();
  for (const id of ids) {
    const asset = graph.document.assets.get(id);
    if (!asset || asset.kind === 'external') continue;
    const readsRunning = graph.upstream.get(id)?.some((edge) => running.has(edge.from)) ?? false;
    const isRead =
      graph.downstream.get(id)?.some((edge) => edge.kind === 'value' && chosen.has(edge.to)) ?? false;
    const latest = facts.latestOf(id);
    const stands =
      latest !== undefined &&
      !mustRun.has(id) &&
      facts.attemptOf(id) === 'materialized' &&
      (latest.value !== undefined || !isRead) &&
      !readsRunning &&
      staleCausesOf(asset, graph, versionFacts(asset, facts)).length === 0;
    (stands ? reused : running).add(id);
  }
  return reused;
}

/** What staleness is judged by, with the code as the document has it now. */
export function versionFacts(asset: Asset, { graph, compiler, latestOf }: Omit<ReuseFacts, 'attemptOf'>) {
  const codeVersionOf = (id: AssetId): string | undefined =>
    id === asset.id ? definitionVersion(asset, graph, compiler) : undefined;
  return { codeVersionOf, latestOf };
}
