// The tests of assets: what each has given in runs that were captured, beside a file that asks for it again.

import type { CodeAsset, Json, ProjectDocument, TestCase } from '#model/document.ts';
import { fileNames } from './file-names.ts';
import { printText } from './print-code.ts';
import { assetFile, type ProjectFile } from './project-files.ts';

const ending = '.cases.json';
export const isCasesFile = (path: string): boolean => path.startsWith('tests/') && path.endsWith(ending);

export function testFiles(document: ProjectDocument): readonly ProjectFile[] {
  const names = fileNames(document);
  const taken = new Set(['definitions']);
  return names.order.assets.flatMap((asset) => {
    const place = names.assets.get(asset.id)?.path;
    if (asset.kind !== 'asset' || !asset.testCases?.length || place === undefined) return [];
    // All in one folder, where the shell finds them.
    const plain = place
      .replace(/^assets\//, '')
      .replace(/\.ts$/, '')
      .replaceAll('/', '.');
    let stem = plain;
    for (let i = 2; taken.has(stem.toLowerCase()); i++) stem = `${plain}-${i}`;
    taken.add(stem.toLowerCase());
    const hasOptions = assetFile(document, asset.id)?.hasOptions === true;
    const subject = { type: 'asset', id: asset.id } as const;
    return [
      { path: `tests/${stem}${ending}`, text: casesText(asset), subject },
      { path: `tests/${stem}.test.ts`, text: testText(asset, stem, place, hasOptions), subject },
    ];
  });
}

const casesText = ({ key, testCases = [] }: CodeAsset): string =>
  `${JSON.stringify({ asset: key, cases: testCases }, null, 2)}\n`;

function testText({ key }: CodeAsset, stem: string, place: string, hasOptions: boolean): string {
  const made = hasOptions ? 'asset(definition.options, definition.default)' : 'asset(definition.default)';
  return `// What ${/[\r\n\u2028\u2029]/.test(key) ? 'it' : key} has given in runs that were captured, it gives again.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { asset, materializeToMemory } from 'headwater';
import * as definition from '../${place}';

const { cases } = JSON.parse(readFileSync(new URL(${printText(`./${stem}${ending}`)}, import.meta.url), 'utf8'));
const tested = ${made};

for (const { name, inputs, value } of cases)
  test(name, async () => {
    const given = Object.entries(inputs).map(([key, input]) => asset({ key }, () => input));
    const result = await materializeToMemory([...given, tested]);
    assert.deepEqual(result.assetValue(${printText(key)}), value);
  });
`;
}

interface ReadCases {
  readonly asset: string;
  readonly cases: readonly TestCase[];
}

/** Shapes inside the cases are judged with the whole document. Undefined where the text is no such file. */
export function readCases(text: string): ReadCases | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const { asset, cases } = parsed as { readonly asset?: Json; readonly cases?: unknown };
  return typeof asset === 'string' && Array.isArray(cases)
    ? { asset, cases: cases as readonly TestCase[] }
    : undefined;
}
