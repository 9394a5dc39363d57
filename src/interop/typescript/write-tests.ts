// The tests of assets: what each has given in runs that were captured, beside a file that asks for it again.

import type { CodeAsset, Json, ProjectDocument, TestCase } from '#model/document.ts';
import { envNamesOf } from '#model/env-reference.ts';
import { resourceKeysOf } from '#model/resource-names.ts';
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
      {
        path: `tests/${stem}.test.ts`,
        text: testText(asset, stem, place, { hasOptions, ...needsOf(asset, document) }),
        subject,
      },
    ];
  });
}

const casesText = ({ key, testCases = [] }: CodeAsset): string =>
  `${JSON.stringify({ asset: key, cases: testCases }, null, 2)}\n`;

interface Needs {
  readonly resources: boolean;
  /** Names of environment values that its resources are made from. */
  readonly environment: readonly string[];
}

function needsOf(asset: CodeAsset, { resources }: ProjectDocument): Needs {
  const keys = resourceKeysOf(asset);
  const environment = keys.flatMap((key) => [...envNamesOf(resources.get(key)?.config)]);
  return { resources: keys.length > 0, environment: [...new Set(environment)].sort() };
}

function testText(
  { key }: CodeAsset,
  stem: string,
  place: string,
  { hasOptions, resources, environment }: Needs & { readonly hasOptions: boolean },
): string {
  const made = hasOptions ? 'asset(definition.options, definition.default)' : 'asset(definition.default)';
  return `// What ${/[\r\n\u2028\u2029]/.test(key) ? 'it' : key} has given in runs that were captured, it gives again.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { asset, materializeToMemory } from 'headwater';
import * as definition from '../${place}';
${resources ? "import definitions from '../definitions.ts';\n" : ''}
const { cases } = JSON.parse(readFileSync(new URL(${printText(`./${stem}${ending}`)}, import.meta.url), 'utf8'));
const tested = ${made};
${environment.length === 0 ? '' : skipText(environment)}
for (const { name, inputs, value } of cases)
  test(name, ${environment.length === 0 ? '' : '{ skip }, '}async () => {
    const given = Object.entries(inputs).map(([key, input]) => asset({ key }, () => input));
    const result = await materializeToMemory([...given, tested]${resources ? ', { resources: definitions.resources }' : ''});
    assert.deepEqual(result.assetValue(${printText(key)}), value);
  });
`;
}

const skipText = (environment: readonly string[]): string => `
const missing = [${environment.map(printText).join(', ')}].filter((name) => process.env[name] === undefined);
const skip = missing.length > 0 && \`It needs \${missing.join(', ')} from the environment.\`;
`;

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
