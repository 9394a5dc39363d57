// The code version that an asset's definition has now, as its next materialization would record it.

import type { CodeAsset, FileAsset } from '#model/document.ts';
import type { AssetGraph } from '#model/graph.ts';
import type { CompiledAsset } from './compiler.ts';

/** Stands for code that does not compile: different from every recorded version. */
export const BROKEN_CODE = 'does not compile';

/** @param compiled the compiled body; undefined when it does not compile */
export function bodyVersion(asset: CodeAsset, compiled: CompiledAsset | undefined): string {
  return asset.codeVersion ?? compiled?.codeHash ?? BROKEN_CODE;
}

/** A file asset's code version: what it decodes, and how. */
export function fileVersion(asset: FileAsset, graph: AssetGraph): string {
  if (asset.codeVersion !== undefined) return asset.codeVersion;
  const file = graph.document.files.get(asset.path);
  return file ? `${file.format}:${file.sha256}` : 'missing';
}
