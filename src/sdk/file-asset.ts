// `fileAsset(…)`: an asset that is a data file, decoded when it is materialized.

import type { ColumnSchema, CsvOptions, DataFormat, FileAsset } from '#model/document.ts';
import { specFields } from './asset.ts';
import {
  AssetSpec,
  type CoercibleToAssetDep,
  type CoercibleToAssetKey,
  type SpecFields,
} from './asset-spec.ts';
import { type AssetsDefinition, createDefinition, refuseUnknown } from './assets-definition.ts';

/** The options of `fileAsset`. */
export interface FileAssetOptions extends SpecFields {
  key: CoercibleToAssetKey;
  /** Relative to the working folder, or absolute. */
  path: string;
  format: DataFormat;
  /** The columns of its rows; read off the whole file when left out. */
  schema?: readonly ColumnSchema[];
  /** How a CSV or TSV file is written, where that is not as in RFC 4180. */
  csv?: CsvOptions;
  /** A row that does not fit the schema: set aside and reported, or the end of the step. */
  badRows?: NonNullable<FileAsset['badRows']>;
  /** Assets that come first. */
  deps?: readonly CoercibleToAssetDep[];
}

const formats: ReadonlySet<string> = new Set<DataFormat>([
  'csv',
  'tsv',
  'json',
  'ndjson',
  'parquet',
  'arrow',
]);
const known: ReadonlySet<string> = new Set<keyof FileAssetOptions>([
  'key',
  'path',
  'format',
  'schema',
  'csv',
  'badRows',
  'deps',
  'description',
  'metadata',
  'tags',
  'owners',
  'kinds',
  'groupName',
  'codeVersion',
]);

/**
 * Defines an asset by a data file: a table of its rows, or what a JSON file holds. A new content of the file is a new
 * code version. Throws when the format is none that can be read. Ours; Dagster has no such definition.
 */
export function fileAsset(options: FileAssetOptions): AssetsDefinition {
  refuseUnknown('fileAsset', options, known);
  const { key, path, format, schema, csv, badRows, deps = [] } = options;
  if (typeof path !== 'string' || path === '') throw new TypeError('fileAsset needs a `path`.');
  if (!formats.has(format))
    throw new TypeError(`fileAsset reads ${[...formats].join(', ')}; got “${String(format)}”.`);
  const spec = new AssetSpec({ ...specFields(options), key, deps });
  return createDefinition(
    {
      kind: 'file',
      outputs: [{ name: 'result', spec, isRequired: true }],
      file: { path, format },
      ...(schema === undefined ? {} : { schema }),
      ...(csv === undefined ? {} : { csv }),
      ...(badRows === undefined ? {} : { badRows }),
    },
    () => {
      throw new TypeError(
        `“${spec.key.toString()}” is a file: materialize it, or give its rows to the body that you test.`,
      );
    },
  );
}
