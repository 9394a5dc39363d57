// The code version that an asset's definition has now, as its next materialization would record it.

import type { Asset, FileAsset, ProjectDocument } from '#model/document.ts';
import type { AssetGraph } from '#model/graph.ts';
import type { CompileProblem } from './compile-body.ts';
import type { Compiler } from './compiler.ts';

/** Stands for code that does not compile: different from every recorded version. */
export const BROKEN_CODE = 'does not compile';

/** The code version of any asset; undefined for external ones, which have no code. */
export function definitionVersion(asset: Asset, graph: AssetGraph, compiler: Compiler): string | undefined {
  if (asset.kind === 'external') return undefined;
  if (asset.codeVersion !== undefined) return asset.codeVersion;
  if (asset.kind === 'file') return fileVersion(asset, graph);
  const { document } = graph;
  const holder = asset.kind === 'output' ? document.units.get(asset.unit) : asset;
  if (!holder) return BROKEN_CODE;
  const compiled =
    holder.kind === 'graph' ? compiler.compileOps(holder, document) : compiler.compile(holder, document);
  return compiled.ok ? compiled.value.codeHash : BROKEN_CODE;
}

/** Why the body behind an asset does not compile; undefined when it does, or when there is none. */
export function compileProblem(
  asset: Asset,
  document: ProjectDocument,
  compiler: Compiler,
): CompileProblem | undefined {
  if (asset.kind === 'external' || asset.kind === 'file') return undefined;
  const holder = asset.kind === 'output' ? document.units.get(asset.unit) : asset;
  if (!holder) return undefined;
  const compiled =
    holder.kind === 'graph' ? compiler.compileOps(holder, document) : compiler.compile(holder, document);
  return compiled.ok ? undefined : compiled.error;
}

/** A file asset's code version: what it decodes, and how. */
export function fileVersion(asset: FileAsset, graph: AssetGraph): string {
  if (asset.codeVersion !== undefined) return asset.codeVersion;
  const file = graph.document.files.get(asset.path);
  if (!file) return 'missing';
  const { schema, csv, badRows } = asset;
  const how = schema || csv || badRows ? `:${textHash(JSON.stringify([schema, csv, badRows]))}` : '';
  return `${file.format}:${file.sha256}${how}`;
}

/** 53 bits of a text (cyrb53): enough to tell two ways of reading one file apart. */
function textHash(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2_654_435_761);
    b = Math.imul(b ^ unit, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  return (4_294_967_296 * (2_097_151 & b) + (a >>> 0)).toString(36);
}
