// The texts behind an asset's code version, each with a name, so that two moments can be compared.

import type { Asset, Json, ProjectDocument } from './document.ts';

/** "Body", "Config", "#lib/dates.ts", "Op clean", "File": to its text. */
export type CodeParts = ReadonlyMap<string, string>;

export function codeParts(document: ProjectDocument, asset: Asset): CodeParts {
  const parts = new Map<string, string>();
  const bodies: string[] = [];
  const addBody = (name: string, of: { readonly body: string; readonly config?: Json }) => {
    parts.set(name, of.body);
    bodies.push(of.body);
    if (of.config !== undefined) parts.set(configName(name), JSON.stringify(of.config, null, 2));
  };
  if (asset.codeVersion !== undefined) parts.set('Code version', asset.codeVersion);
  const holder = asset.kind === 'output' ? document.units.get(asset.unit) : asset;
  if (holder?.kind === 'graph') for (const op of holder.ops) addBody(`Op ${op.name}`, op);
  else if (holder && 'body' in holder && holder.body !== undefined) addBody('Body', holder);
  if (asset.kind === 'file') parts.set('File', fileText(document, asset));
  for (const name of importedModules(document, bodies)) {
    const module = document.modules.get(name);
    if (module) parts.set(`#lib/${name}.ts`, module.body);
  }
  return parts;
}

const configName = (name: string) => (name === 'Body' ? 'Config' : `Config of ${name.toLowerCase()}`);

/** What differs, in the order of the parts now; what is gone comes last. */
export function changedParts(
  before: CodeParts,
  after: CodeParts,
): readonly { readonly name: string; readonly before: string; readonly after: string }[] {
  return [...new Set([...after.keys(), ...before.keys()])]
    .map((name) => ({ name, before: before.get(name) ?? '', after: after.get(name) ?? '' }))
    .filter((part) => part.before !== part.after);
}

function fileText(document: ProjectDocument, asset: Extract<Asset, { kind: 'file' }>): string {
  const { path, schema, csv, badRows } = asset;
  const file = document.files.get(path);
  const lines = [`path: ${path}`, `sha256: ${file?.sha256 ?? 'missing'}`];
  if (csv) lines.push(`csv: ${JSON.stringify(csv)}`);
  if (badRows) lines.push(`bad rows: ${badRows}`);
  for (const column of schema ?? [])
    lines.push(`column ${column.name}: ${column.type}${column.nullable ? ' or null' : ''}`);
  return lines.join('\n');
}

/** The shared modules that texts name, and those that these name in turn. */
function importedModules(document: ProjectDocument, bodies: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  const texts = [...bodies];
  for (const text of texts)
    for (const [, name] of text.matchAll(/['"]#lib\/([\w./-]+?)\.ts['"]/g)) {
      if (name === undefined || found.has(name)) continue;
      found.add(name);
      const module = document.modules.get(name);
      if (module) texts.push(module.body);
    }
  return found;
}
