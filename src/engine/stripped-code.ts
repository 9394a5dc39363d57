// All that a run of a document may compile, as JavaScript: what an engine without a compiler of its own needs.

import { err, ok } from '#base/result.ts';
import type { ProjectDocument } from '#model/document.ts';
import { compileBody, compileSharedModule } from './compile-body.ts';
import { shippedLibraries } from './compiler.ts';
import type { StripTypes } from './ports.ts';

export interface StrippedCode {
  /** TypeScript and its JavaScript; what does not compile is left out. */
  readonly texts: readonly (readonly [source: string, code: string])[];
  /** Shipped libraries that any of it imports. */
  readonly libraries: readonly string[];
}

/** Compiles, never evaluates. */
export function stripDocument(document: ProjectDocument, strip: StripTypes): StrippedCode {
  const texts = new Map<string, string>();
  const libraries = new Set<string>();
  const recording: StripTypes = (source) => {
    const stripped = strip(source);
    if (stripped.ok) texts.set(source, stripped.value);
    return stripped;
  };
  const add = (source: string, compile: typeof compileBody) => {
    const compiled = compile(source, recording);
    if (!compiled.ok) return;
    for (const { specifier } of compiled.value.imports)
      if (shippedLibraries.has(specifier)) libraries.add(specifier);
  };
  for (const asset of document.assets.values()) if ('body' in asset) add(asset.body, compileBody);
  for (const unit of document.units.values())
    for (const { body } of unit.kind === 'graph' ? unit.ops : [unit]) add(body, compileBody);
  for (const { body } of document.checks.values()) add(body, compileBody);
  for (const { body } of document.resources.values()) add(body, compileSharedModule);
  for (const { body } of document.modules.values()) add(body, compileSharedModule);
  return { texts: [...texts], libraries: [...libraries].sort() };
}

/** A stripper that knows these texts and no others. */
export function recallStripped(texts: StrippedCode['texts']): StripTypes {
  const codes = new Map(texts);
  return (source) => {
    const code = codes.get(source);
    return code === undefined
      ? err({ type: 'StripError', message: 'This code did not compile when the page was made.' })
      : ok(code);
  };
}
