// Joins the bodies of a segment into one module, each verbatim on its own lines inside its own function:
//
//   export const bodies = [ (function (__load, bodies, shared) { const { mean } = __load("#lib/stats.ts");
//   <body> }),  … ];
//   export const shared = { "#lib/stats.ts": (function (__load, bodies, shared) { … return { mean }; }) };
//
// One import of one module costs far less than one per body. The parentheses have V8 compile each function at
// once instead of twice; the unused parameters hide the module's own names from the bodies.

import type { CompiledCode, ImportBinding } from './compile-body.ts';

/** Which source stands where: line 1 of `name`'s source is line `firstLine` of the module. */
export interface ModulePlace {
  readonly kind: 'body' | 'shared';
  /** Asset key, or the shared module's name. */
  readonly name: string;
  readonly firstLine: number;
  readonly lineCount: number;
}

export interface SegmentModule {
  readonly text: string;
  /** In order of `firstLine`. */
  readonly places: readonly ModulePlace[];
  /** Shipped libraries that must be loaded first. */
  readonly libraries: readonly string[];
}

export interface NamedCode {
  readonly name: string;
  readonly code: CompiledCode;
}

/** Builds the module. `shared` holds every shared module that the bodies need, directly or not. */
export function buildSegmentModule(
  bodies: readonly NamedCode[],
  shared: readonly NamedCode[],
): SegmentModule {
  const parts: string[] = ['export const bodies = ['];
  const places: ModulePlace[] = [];
  const libraries = new Set<string>();
  let line = 1;
  const add = (
    kind: ModulePlace['kind'],
    name: string,
    code: CompiledCode,
    opening: string,
    closing: string,
  ) => {
    parts.push(`${opening}(function (__load, bodies, shared) { ${prelude(code.imports)}`, code.js, closing);
    places.push({ kind, name, firstLine: line + 2, lineCount: code.lineCount });
    line += 2 + code.lineCount;
    for (const { specifier } of code.imports)
      if (specifier !== 'headwater' && !specifier.startsWith('#lib/')) libraries.add(specifier);
  };
  for (const { name, code } of bodies) add('body', name, code, '', '}),');
  parts.push('];', 'export const shared = {');
  line += 2;
  for (const { name, code } of shared) add('shared', name, code, `${JSON.stringify(name)}: `, '}),');
  parts.push('};');
  return { text: parts.join('\n'), places, libraries: [...libraries] };
}

function prelude(imports: readonly ImportBinding[]): string {
  if (imports.length === 0) return 'let __default;';
  const bindings = imports.map(({ specifier, imported, local }) => {
    const source = `__load(${JSON.stringify(specifier)})`;
    if (imported === '*') return `${local} = ${source}`;
    return `{ ${JSON.stringify(imported)}: ${local} } = ${source}`;
  });
  return `let __default; const ${bindings.join(', ')};`;
}

/** The source and the position in it that a line of the module belongs to. */
export function placeOf(
  places: readonly ModulePlace[],
  line: number,
): { readonly place: ModulePlace; readonly line: number } | undefined {
  let low = 0;
  let high = places.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const place = places[middle]!;
    if (line < place.firstLine) high = middle - 1;
    else if (line >= place.firstLine + place.lineCount) low = middle + 1;
    else return { place, line: line - place.firstLine + 1 };
  }
  return undefined;
}
