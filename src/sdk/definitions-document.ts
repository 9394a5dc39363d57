// Definitions as a project document, so that one model, one planner and one engine serve both. Ids are keys.

import type { Asset, CodeAsset, Json, ProjectDocument } from '#model/document.ts';
import { emptyDocument } from '#model/document.ts';
import { buildGraph } from '#model/graph.ts';
import type { GraphProblem } from '#model/graph-problem.ts';
import { asAssetId } from '#model/ids.ts';
import { validateDocument } from '#model/validate.ts';
import { AssetSpec, type AssetsDefinition } from './asset.ts';
import { coerceMetadata } from './metadata.ts';

export interface DefinitionsDocument {
  readonly document: ProjectDocument;
  readonly problems: readonly GraphProblem[];
}

/** The document that definitions state, with every problem. The first of two equal keys stands. */
export function toDocument(assets: readonly (AssetsDefinition | AssetSpec)[]): DefinitionsDocument {
  const records = new Map<Asset['id'], Asset>();
  const duplicates: GraphProblem[] = [];
  for (const definition of assets) {
    const record = toAsset(definition);
    if (records.has(record.id))
      duplicates.push({ type: 'DuplicateKey', assetId: record.id, key: record.key });
    else records.set(record.id, record);
  }
  const document = { ...emptyDocument('definitions'), assets: records };
  return { document, problems: [...duplicates, ...validateDocument(document, buildGraph(document))] };
}

function toAsset(definition: AssetsDefinition | AssetSpec): Asset {
  const spec = definition instanceof AssetSpec ? definition : definition.spec;
  const key = spec.key.toString();
  const metadata = coerceMetadata(spec.metadata);
  const base = {
    id: asAssetId(key),
    key,
    position: { x: 0, y: 0 },
    ...(spec.deps.length > 0 ? { deps: spec.deps } : {}),
    ...(spec.groupName === undefined ? {} : { group: spec.groupName }),
    ...(spec.description === undefined ? {} : { description: spec.description }),
    ...(spec.codeVersion === undefined ? {} : { codeVersion: spec.codeVersion }),
    ...(spec.owners.length > 0 ? { owners: spec.owners } : {}),
    ...(spec.kinds.length > 0 ? { kinds: spec.kinds } : {}),
    ...(Object.keys(spec.tags).length > 0 ? { tags: spec.tags } : {}),
    ...(metadata === undefined
      ? {}
      : {
          metadata: Object.fromEntries(
            Object.entries(metadata).map(([name, { value }]) => [name, value]),
          ) as Record<string, Json>,
        }),
  };
  if (definition instanceof AssetSpec) return { ...base, kind: 'external' };
  const { options, bodyText, ins } = definition;
  return {
    ...base,
    kind: 'asset',
    body: bodyText,
    ...(Object.keys(ins).length > 0 ? { ins } : {}),
    ...(options.retryPolicy === undefined ? {} : { retryPolicy: { ...options.retryPolicy } }),
    ...(options.timeoutSeconds === undefined ? {} : { timeoutSeconds: options.timeoutSeconds }),
  } satisfies CodeAsset;
}
