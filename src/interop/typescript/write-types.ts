// `types/`: what each body is given, by the code of what it reads. For editors and `tsc`; Node never loads them.

import { parseUserString } from '#model/asset-key.ts';
import type { Asset, ProjectDocument } from '#model/document.ts';
import { type AssetGraph, buildGraph, namedInputs } from '#model/graph.ts';
import { resourceKeysOf } from '#model/resource-names.ts';
import { rowTypeOf } from '#model/row-type.ts';
import { fileName, fileNames } from './file-names.ts';
import { printName } from './print-code.ts';
import type { ProjectFile } from './project-files.ts';

/** A file for each asset with a body, at the place that `#types/<key>` names. */
export function writeTypes(
  document: ProjectDocument,
  graph: AssetGraph = buildGraph(document),
): readonly ProjectFile[] {
  const names = fileNames(document);
  const files = new Map<string, ProjectFile>();
  for (const asset of names.order.assets) {
    if (asset.kind !== 'asset' && asset.kind !== 'observable') continue;
    const path = `types/${parseUserString(asset.key).map(fileName).join('/')}.ts`;
    const up = '../'.repeat(path.split('/').length - 1);
    const own = names.assets.get(asset.id)?.path ?? '';
    const inputs = namedInputs(asset).map(({ name, key }) => {
      const from = graph.resolve(key, asset);
      return `  readonly ${printName(name)}: ${valueType(from === undefined ? undefined : document.assets.get(from))};\n`;
    });
    const config =
      asset.config === undefined && asset.configSchema === undefined
        ? undefined
        : `ReturnType<(typeof import('${up}${own}').options)['config']['parse']>`;
    const resources = resourceKeysOf(asset).flatMap((key) => {
      const place = names.resources.get(key)?.path;
      if (place === undefined) return [];
      const made = `InstanceType<typeof import('${up}${place}').default>`;
      return [`  readonly ${printName(key)}: ${made};\n`];
    });
    const given = [
      ...(config === undefined && resources.length === 0 ? [] : [config ?? 'unknown']),
      ...(resources.length === 0 ? [] : ['Resources']),
    ];
    const usesValues = inputs.some((line) => line.includes('ValueOf<'));
    const text = `import type { AssetContext${usesValues ? ', ValueOf' : ''} } from 'headwater';

export type Inputs = ${inputs.length > 0 ? `{\n${inputs.join('')}}` : 'Record<string, never>'};
${resources.length > 0 ? `export type Resources = {\n${resources.join('')}};\n` : ''}export type Context = AssetContext${given.length > 0 ? `<${given.join(', ')}>` : ''};
`;
    if (!files.has(path)) files.set(path, { path, text, subject: { type: 'asset', id: asset.id } });

    function valueType(read: Asset | undefined): string {
      if (read?.kind === 'file') {
        const row = rowTypeOf(read);
        return row === undefined ? 'any' : `readonly Readonly<${row}>[]`;
      }
      const place = read?.kind === 'asset' ? names.assets.get(read.id)?.path : undefined;
      return place === undefined ? 'any' : `ValueOf<typeof import('${up}${place}').default>`;
    }
  }
  return [...files.values()];
}
