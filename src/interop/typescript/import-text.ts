// An import from `headwater` as text: one form for the writer and the reader.

import type { ImportedName } from './read-imports.ts';

/** `import { … } from 'headwater';` with a line end, its names in order. */
export function importText(names: readonly string[]): string {
  const sorted = [...names].sort(compareNames);
  if (sorted.every((name) => name.startsWith('type ')))
    return `import type ${listed(sorted.map((name) => name.slice('type '.length)))} from 'headwater';\n`;
  return `import ${listed(sorted)} from 'headwater';\n`;
}

function listed(names: readonly string[]): string {
  const flat = `{ ${names.join(', ')} }`;
  return flat.length <= 75 ? flat : `{\n${names.map((name) => `  ${name},\n`).join('')}}`;
}

/** By the names that are imported, however they are marked. */
const compareNames = (a: string, b: string): number => {
  const left = a.replace(/^type /, '').toLowerCase();
  const right = b.replace(/^type /, '').toLowerCase();
  return left < right ? -1 : left > right ? 1 : a < b ? -1 : a > b ? 1 : 0;
};

export const importedText = ({ imported, local, isType }: ImportedName): string =>
  `${isType ? 'type ' : ''}${imported}${local === imported ? '' : ` as ${local}`}`;
