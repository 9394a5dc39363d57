// The project document: what a graph IS, as plain data. Nothing here says what happened (see events.ts)
// or what is on screen. Changed only by the commands in commands/, which return diffs.

import type { AssetId, NoteId } from './ids.ts';

export const DOCUMENT_FORMAT = 'headwater';
/** The newest version of the format that is read. 2 has `schema`, `csv` and `badRows` of file assets. */
export const DOCUMENT_VERSION = 2;

/** A JSON value: what definition metadata and config may hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface RetryPolicyData {
  readonly maxRetries: number;
  /** Seconds before the next try. */
  readonly delay?: number;
  readonly backoff?: 'LINEAR' | 'EXPONENTIAL';
  readonly jitter?: 'FULL' | 'PLUS_MINUS';
}

/** What every kind of asset has. Keys are user strings ("raw/orders"). */
interface AssetBase {
  readonly id: AssetId;
  readonly key: string;
  readonly position: Point;
  /** Keys that this asset waits for without loading their values. */
  readonly deps?: readonly string[];
  readonly group?: string;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly kinds?: readonly string[];
  readonly owners?: readonly string[];
  readonly metadata?: Readonly<Record<string, Json>>;
  readonly codeVersion?: string;
}

/** An asset computed by a TypeScript body; its value inputs are the names that the body destructures. */
export interface CodeAsset extends AssetBase {
  readonly kind: 'asset';
  readonly body: string;
  /** Input name to key, for inputs whose key is not their name. */
  readonly ins?: Readonly<Record<string, string>>;
  readonly config?: Json;
  readonly retryPolicy?: RetryPolicyData;
  readonly timeoutSeconds?: number;
}

/** `json`: whatever the file holds there, lists and objects too. */
export type ColumnType = 'string' | 'number' | 'integer' | 'boolean' | 'date' | 'timestamp' | 'json';

/** One column of a data file's rows, as its asset gives them. */
export interface ColumnSchema {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** What the file calls the column, when that is not `name`. */
  readonly source?: string;
}

/** How a CSV or TSV file is written; what is left out is as in RFC 4180, in UTF-8. */
export interface CsvOptions {
  /** One character; a comma, or a tab in TSV, when left out. */
  readonly delimiter?: string;
  /** Whether the first row names the columns; true when left out. Without it they are `column_1`, … */
  readonly header?: boolean;
  readonly decimal?: '.' | ',';
  readonly encoding?: 'utf-8' | 'latin-1';
}

/** An asset that materializes by decoding a data file of the project. */
export interface FileAsset extends AssetBase {
  readonly kind: 'file';
  /** The `path` of an entry of `files`. */
  readonly path: string;
  /** The columns of its rows; read off the whole file when left out. */
  readonly schema?: readonly ColumnSchema[];
  readonly csv?: CsvOptions;
  /** A row that does not fit the schema: set aside and reported, or the end of the step. */
  readonly badRows?: 'keep' | 'stop';
}

/** An asset that something else makes: it can be depended on, not materialized. */
export interface ExternalAsset extends AssetBase {
  readonly kind: 'external';
}

export type Asset = CodeAsset | FileAsset | ExternalAsset;

export type DataFormat = 'csv' | 'tsv' | 'json' | 'ndjson' | 'parquet' | 'arrow';

/** A data file. `data` is base64 and stands inline up to 256 kB; larger files lie beside the project. */
export interface DataFile {
  readonly path: string;
  readonly format: DataFormat;
  /** Lower-case hex SHA-256 of the file's bytes; a file that does not match is refused. */
  readonly sha256: string;
  readonly bytes: number;
  readonly data?: string;
}

/** A module that bodies import as `#lib/<name>.ts`. */
export interface SharedModule {
  readonly name: string;
  readonly body: string;
}

export interface Group {
  readonly name: string;
  readonly description?: string;
  /** One of the ten group hues, 0–9; by order of appearance when absent. */
  readonly hue?: number;
}

export interface Note {
  readonly id: NoteId;
  readonly position: Point;
  readonly width: number;
  readonly height: number;
  /** Markdown without raw HTML. */
  readonly text: string;
  /** One of the ten group hues, 0–9; neutral when absent. */
  readonly hue?: number;
}

export interface ProjectInfo {
  readonly name: string;
  readonly description?: string;
}

/** The tables of a document. Each maps a record's id to the record; order is not part of a document. */
export interface ProjectDocument {
  readonly info: ProjectInfo;
  readonly assets: ReadonlyMap<AssetId, Asset>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly modules: ReadonlyMap<string, SharedModule>;
  readonly files: ReadonlyMap<string, DataFile>;
  readonly notes: ReadonlyMap<NoteId, Note>;
}

export const emptyDocument = (name: string): ProjectDocument => ({
  info: { name },
  assets: new Map(),
  groups: new Map(),
  modules: new Map(),
  files: new Map(),
  notes: new Map(),
});
