// What is inside of what is shared, in words: nobody should have to guess what others get to see.

import type { ShareBundle } from '#interop/share/bundle-types.ts';
import type { ProjectDocument } from '#model/document.ts';
import { envNamesOf } from '#model/env-reference.ts';
import { formatBytes, formatPlural } from '#ui/kit/format.ts';

export interface InsideWords {
  readonly inside: readonly string[];
  readonly outside: readonly string[];
}

export function insideWords(document: ProjectDocument, bundle: ShareBundle): InsideWords {
  const { values = [], results = [] } = bundle;
  const counts = [
    [document.assets.size, 'asset'],
    [document.checks.size, 'check'],
    [document.resources.size, 'resource'],
    [document.modules.size, 'shared module'],
    [document.notes.size, 'note'],
  ] as const;
  const definitions = counts.filter(([count]) => count > 0).map(([count, one]) => formatPlural(count, one));
  const dataBytes = [...document.files.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  const samples = values.filter(({ isSample }) => isSample).length;
  const valueBytes = values.reduce((sum, { bytes }) => sum + bytes.length, 0);
  // They stay behind where no values are wanted.
  const tests = bundle.documentText.includes('"testCases"') ? testCount(document) : 0;
  const names = envNames(document);
  return {
    inside: [
      definitions.length > 0 ? `${listed(definitions)}, with code and settings` : 'An empty project',
      ...(document.files.size > 0
        ? [`${formatPlural(document.files.size, 'data file')}, ${formatBytes(dataBytes)}`]
        : []),
      ...(values.length > 0
        ? [
            `${formatPlural(values.length, 'value')}${samplesText(samples, values.length)}, ${formatBytes(valueBytes)}`,
          ]
        : []),
      ...(tests > 0
        ? [`${formatPlural(tests, 'captured test')}, with ${tests === 1 ? 'its' : 'their'} values`]
        : []),
      ...(results.length > 0
        ? [`Results of ${formatPlural(results.length, 'asset')}: when, how large, metadata`]
        : []),
      ...(names.length > 0 ? [`Names of environment values: ${names.join(', ')}`] : []),
    ],
    outside: [
      ...(names.length > 0 ? ['the environment values themselves'] : ['secrets']),
      'runs',
      'logs',
      ...(values.length > 0 ? [] : ['values']),
      ...(results.length > 0 ? [] : ['results']),
    ],
  };
}

const testCount = ({ assets }: ProjectDocument): number =>
  [...assets.values()].reduce(
    (sum, asset) => sum + ((asset.kind === 'asset' ? asset.testCases?.length : 0) ?? 0),
    0,
  );

const samplesText = (samples: number, all: number): string => {
  if (samples === 0) return '';
  return samples === all ? ', first rows only' : `, ${samples} of them first rows only`;
};

function envNames(document: ProjectDocument): readonly string[] {
  const holders = [...document.resources.values(), ...document.checks.values(), ...document.assets.values()];
  const configs = holders.flatMap((holder) => ('config' in holder && holder.config ? [holder.config] : []));
  return [...new Set(configs.flatMap((config) => [...envNamesOf(config)]))].sort();
}

const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
