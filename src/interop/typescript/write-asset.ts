// Assets with one file each: those with a body, data files, and what something else makes.

import type { Asset, FileAsset, ProjectDocument } from '#model/document.ts';
import { Call, type Code, fields, type jsonCode } from './code.ts';
import { definitionText } from './definition-file.ts';
import {
  bodyOptions,
  configLeft,
  functionName,
  type LeftFields,
  listCode,
  specOptions,
  type Written,
} from './option-fields.ts';
import { printCode } from './print-code.ts';

type Standing = Exclude<Asset, { kind: 'output' }>;

export function writeAsset(asset: Standing, document: ProjectDocument): Written {
  switch (asset.kind) {
    case 'asset': {
      const text = definitionText({
        optionsType: 'AssetOptions',
        body: asset.body,
        options: fields({
          ...keyOption(asset.key, asset.body),
          ...specOptions(asset),
          deps: listCode(asset.deps),
          ioManagerKey: asset.ioManager,
          outputRequired: asset.isRequired === false ? false : undefined,
          ...bodyOptions(asset, asset.key),
        }),
      });
      return { text, left: configLeft(asset) };
    }
    case 'observable': {
      const { kinds: _, codeVersion: __, ...described } = specOptions(asset);
      const text = definitionText({
        optionsType: 'ObservableOptions',
        body: asset.body,
        options: fields({
          ...keyOption(asset.key, asset.body),
          ...described,
          ioManagerKey: asset.ioManager,
          ...bodyOptions(asset, asset.key),
        }),
      });
      return { text, left: { ...configLeft(asset), ...leftOf(asset, ['deps', 'kinds', 'codeVersion']) } };
    }
    case 'file':
      return fileText(asset, document);
    case 'external':
      return externalText(asset);
  }
}

function fileText(asset: FileAsset, document: ProjectDocument): Written {
  const { path, schema, csv, badRows } = asset;
  const format = document.files.get(path)?.format ?? 'csv';
  const options = fields({
    key: asset.key,
    path: dataPath(path),
    format,
    ...specOptions(asset),
    deps: listCode(asset.deps),
    schema: schema?.map(({ name, type, nullable, source }) => fields({ name, type, nullable, source })),
    csv:
      csv &&
      fields({ delimiter: csv.delimiter, header: csv.header, decimal: csv.decimal, encoding: csv.encoding }),
    badRows,
  });
  return {
    text: standing('fileAsset', new Call('fileAsset', [options])),
    left: leftOf(asset, ['ioManager']),
  };
}

/** Where a data file lies in an exported project. */
export const dataPath = (path: string): string => (path.startsWith('data/') ? path : `data/${path}`);

// `SourceAsset` is for what a resource loads; it knows neither kinds nor a code version nor dependencies.
function externalText(asset: Extract<Asset, { kind: 'external' }>): Written {
  const { kinds, codeVersion, ...described } = specOptions(asset);
  const isLoaded =
    asset.ioManager !== undefined &&
    listCode(asset.deps) === undefined &&
    kinds === undefined &&
    codeVersion === undefined;
  const key = { key: asset.key };
  if (isLoaded)
    return {
      text: standing(
        'SourceAsset',
        new Call('new SourceAsset', [fields({ ...key, ...described, ioManagerKey: asset.ioManager })]),
      ),
      left: leftOf(asset, ['location']),
    };
  const spec = fields({ ...key, ...described, kinds, codeVersion, deps: listCode(asset.deps) });
  return {
    text: standing('AssetSpec', new Call('new AssetSpec', [spec])),
    left: leftOf(asset, ['ioManager', 'location']),
  };
}

const standing = (name: string, definition: Code): string =>
  `import { ${name} } from 'headwater';\n\nexport default ${printCode(definition, 0, 15)};\n`;

/** The key, where it is not the name of the body's function. */
export const keyOption = (key: string, body: string): Readonly<Record<string, Code | undefined>> => ({
  key: functionName(body) === key ? undefined : key,
});

/** Those of an asset's fields that its code has no place for. */
export function leftOf(asset: Asset, names: readonly string[]): LeftFields {
  const record = asset as unknown as Readonly<Record<string, Parameters<typeof jsonCode>[0] | undefined>>;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = record[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
