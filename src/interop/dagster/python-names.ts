// What an export calls things in Python. Keys, names of groups and inputs are said in full beside them, so that a name
// that Python refuses is changed in sight and the way back is clear.

import { parseUserString } from '#model/asset-key.ts';

const keywords = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield match case type'.split(
    ' ',
  ),
);

/** A text as a Python name: what Python does not take becomes "_", and its own words get one behind them. */
export function pythonName(text: string): string {
  const name = text.replace(/[^A-Za-z0-9_]/g, '_');
  if (keywords.has(name)) return `${name}_`;
  return /^[A-Za-z_]/.test(name) ? name : `_${name}`;
}

/** Names that are each given once; `taken` are those that are no longer free. */
export function uniqueNames(taken: readonly string[] = []): (wanted: string) => string {
  const used = new Set(taken);
  return (wanted) => {
    const base = pythonName(wanted);
    let name = base;
    for (let i = 2; used.has(name); i++) name = `${base}_${i}`;
    used.add(name);
    return name;
  };
}

export const keyName = (key: string): string => parseUserString(key).join('__');

/** The Python package of a project. */
export function packageName(project: string): string {
  const name = project
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 60);
  // One word may be the name of a module that Dagster or Python itself imports.
  const isLikelyTaken = !name.includes('_') || name.startsWith('dagster_');
  return pythonName(isLikelyTaken ? `${name || 'headwater'}_project` : name);
}
