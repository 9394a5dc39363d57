// The project document: what a graph IS, as plain data. Nothing here says what happened (see events.ts)
// or what is on screen. Changed only by the commands in commands/, which return diffs.

import type { AssetId, CheckId, NoteId, UnitId } from './ids.ts';

export const DOCUMENT_FORMAT = 'headwater';
/** How the names of project files end. */
export const projectFileEnding = '.headwater.json';
/**
 * The newest version of the format that is read. 2 has `schema`, `csv` and `badRows` of file assets; 3 has units,
 * observable assets, checks, resources and schemas of config.
 */
export const DOCUMENT_VERSION = 3;

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
  /**
   * The resource that stores its value and loads it for readers; "io_manager" when left out, which is the store of
   * the app unless the project has a resource of that key. "browser" and "memory" are there in every project.
   */
  readonly ioManager?: string;
  /** The bodies it had as other kinds of asset: unused, until it is turned back into one of them. */
  readonly kept?: KeptBodies;
}

export interface KeptBodies {
  readonly asset?: KeptBody;
  readonly observable?: KeptBody;
  /** Of an external asset. */
  readonly location?: string;
}

export type KeptBody = BodyFields & Pick<CodeAsset, 'isRequired' | 'testCases'>;

/** A check as its asset and its place in the graph know it. Dagster: AssetCheckSpec. */
export interface CheckSpecData {
  /** Unique among the checks of its asset. */
  readonly name: string;
  /** Key of the asset that is checked; in an asset's own `checks` the asset itself when left out. */
  readonly asset?: string;
  readonly description?: string;
  /** Failing with severity ERROR keeps what reads the asset from running. */
  readonly blocking?: boolean;
  /** Keys that must be there before the check runs, besides the checked asset. */
  readonly additionalDeps?: readonly string[];
  readonly metadata?: Readonly<Record<string, Json>>;
}

/** What everything that runs a TypeScript body has. */
interface BodyFields {
  readonly body: string;
  /** Input name to key, for inputs whose key is not their name. */
  readonly ins?: Readonly<Record<string, string>>;
  /** The default config. */
  readonly config?: Json;
  /** JSON Schema of the config. */
  readonly configSchema?: Json;
  /** Keys of the resources that `context.resources` offers; those that the body names when left out. */
  readonly resources?: readonly string[];
  readonly retryPolicy?: RetryPolicyData;
  readonly timeoutSeconds?: number;
  /** Checks whose results the body itself gives. */
  readonly checks?: readonly CheckSpecData[];
}

/** What a body gave for some inputs, captured from a run: exported projects test that it still does. */
export interface TestCase {
  readonly name: string;
  /** By the key that the input names. */
  readonly inputs: Readonly<Record<string, Json>>;
  readonly value: Json;
}

/** An asset computed by a TypeScript body; its value inputs are the names that the body destructures. */
export interface CodeAsset extends AssetBase, BodyFields {
  readonly kind: 'asset';
  /** False: a body that yields may leave its output out; nothing is stored then, and readers are skipped. */
  readonly isRequired?: boolean;
  readonly testCases?: readonly TestCase[];
}

/** An external asset whose body looks at it and says what version its data has. Dagster: observable source asset. */
export interface ObservableAsset extends AssetBase, BodyFields {
  readonly kind: 'observable';
}

/** One of the assets that a unit makes. */
export interface OutputAsset extends AssetBase {
  readonly kind: 'output';
  readonly unit: UnitId;
  /** What the body or the graph calls it. */
  readonly output: string;
  /** False: it may be left out; nothing is stored then, and readers are skipped. */
  readonly isRequired?: boolean;
  /** It has no value: a body that says nothing of it has made it all the same. Dagster: an asset of `specs`. */
  readonly isImplicit?: boolean;
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
  /** Name of the project of the same workspace that makes it, under the same key. Dagster: a code location. */
  readonly location?: string;
}

export type Asset = CodeAsset | FileAsset | ExternalAsset | ObservableAsset | OutputAsset;

interface UnitBase {
  readonly id: UnitId;
  /** Names the unit's step: letters, digits and "_". */
  readonly name: string;
  readonly position: Point;
  readonly description?: string;
  /** Can a run make some of its outputs without the others? */
  readonly canSubset?: boolean;
}

/** One body that makes several assets, or observes several. Dagster: multi_asset, multi_observable_source_asset. */
export interface MultiUnit extends UnitBase, BodyFields {
  readonly kind: 'multi' | 'multi-observable';
  /** Output name to the keys, inputs' and other outputs', that it is made from; every input when left out. */
  readonly internalDeps?: Readonly<Record<string, readonly string[]>>;
  /** The body it had as the other of the two kinds: unused, until it is turned back. */
  readonly kept?: KeptUnitBody;
}

export type KeptUnitBody = BodyFields & Pick<MultiUnit, 'internalDeps'>;

/** Ops wired together that make one asset or several. Dagster: graph_asset, graph_multi_asset. */
export interface GraphUnit extends UnitBase {
  readonly kind: 'graph';
  readonly ops: readonly OpNode[];
  /** Output name to the op's result that becomes it. */
  readonly results: Readonly<Record<string, OpResult>>;
  readonly ins?: Readonly<Record<string, string>>;
  readonly checks?: readonly CheckSpecData[];
}

/** An op in a graph. Its body takes the values of `args` by position, then the context. */
export interface OpNode extends Omit<BodyFields, 'ins' | 'checks'> {
  /** Unique in its graph; names the step. */
  readonly name: string;
  readonly position: Point;
  readonly args: readonly OpArgument[];
  /** By default one, called "result". */
  readonly outs?: readonly OpOut[];
  readonly description?: string;
}

export interface OpOut {
  readonly name: string;
  /** Gives any number of values, each under a key of its own; what reads it runs once per value. */
  readonly isDynamic?: boolean;
  readonly isRequired?: boolean;
}

/** What another op gave. */
export interface OpResult {
  readonly op: string;
  /** "result" when left out. */
  readonly output?: string;
}

/** Where an op's argument comes from. `collect` gathers all values of a dynamic result into an array. */
export type OpArgument =
  /** A value from outside the graph: an input name, whose key `ins` may map. */
  | { readonly input: string }
  | (OpResult & { readonly collect?: true })
  | { readonly list: readonly OpResult[] };

export type Unit = MultiUnit | GraphUnit;

/** A body that checks assets: one, or several at once. Dagster: asset_check, multi_asset_check. */
export interface Check extends Omit<BodyFields, 'checks'> {
  readonly id: CheckId;
  /** Names the step when there are several specs. */
  readonly name: string;
  readonly specs: readonly CheckSpecData[];
  readonly canSubset?: boolean;
  /** What the body was made from, so that it can be edited as a form. */
  readonly template?: Json;
}

/** Something bodies share (`context.resources.<key>`), or the keeper of values. Dagster: resource, IO manager. */
export interface Resource {
  readonly key: string;
  readonly kind: 'resource' | 'ioManager';
  /** A module whose default export is the class. */
  readonly body: string;
  /** JSON Schema of the config. */
  readonly configSchema?: Json;
  /** `{ "env": "NAME" }` stands for a value of the secret store. */
  readonly config?: Json;
  readonly description?: string;
}

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
  readonly units: ReadonlyMap<UnitId, Unit>;
  readonly checks: ReadonlyMap<CheckId, Check>;
  readonly resources: ReadonlyMap<string, Resource>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly modules: ReadonlyMap<string, SharedModule>;
  readonly files: ReadonlyMap<string, DataFile>;
  readonly notes: ReadonlyMap<NoteId, Note>;
}

export const emptyDocument = (name: string): ProjectDocument => ({
  info: { name },
  assets: new Map(),
  units: new Map(),
  checks: new Map(),
  resources: new Map(),
  groups: new Map(),
  modules: new Map(),
  files: new Map(),
  notes: new Map(),
});
