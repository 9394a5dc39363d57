// What TypeScript is told about the world of a body: the module `headwater`, imports of types, shared
// modules and shipped libraries, and the few globals that the realm has. The types along edges are worked out
// per project (workers/types); where none are known, an input is `any`.

import { resourceLibrary } from './resource-library.ts';

export const bodyLibrary = `
declare module 'headwater' {
  /** An asset key: an ordered path of parts. */
  export class AssetKey {
    constructor(path: string | readonly string[]);
    readonly path: readonly string[];
    toString(): string;
    static fromUserString(text: string): AssetKey;
    hasPrefix(prefix: string | readonly string[]): boolean;
    withPrefix(prefix: string | readonly string[]): AssetKey;
    equals(other: AssetKey): boolean;
  }
  type RawMetadata = Readonly<Record<string, unknown>>;
  interface ResultFields {
    assetKey?: AssetKey | string | readonly string[];
    metadata?: RawMetadata;
    dataVersion?: DataVersion | string;
    tags?: Readonly<Record<string, string>>;
  }
  interface CheckedResultFields extends ResultFields {
    checkResults?: readonly AssetCheckResult[];
  }
  type AnyKey = AssetKey | string | readonly string[];
  /** A key as text, where its parts are known. */
  type KeyText<Key> = Key extends string
    ? Key
    : Key extends readonly [infer Part extends string]
      ? Part
      : Key extends readonly [infer Part extends string, ...infer Rest extends readonly string[]]
        ? \`\${Part}/\${KeyText<Rest>}\`
        : string;
  /** The result of materializing an asset. Without \`value\` nothing is stored. */
  export class MaterializeResult<T = unknown, const Key extends AnyKey = AnyKey> {
    constructor(fields?: Omit<CheckedResultFields, 'assetKey'> & { value?: T; assetKey?: Key });
    readonly hasValue: boolean;
    readonly value?: T;
    readonly assetKey?: KeyText<Key>;
    readonly metadata?: RawMetadata;
    readonly checkResults: readonly AssetCheckResult[];
    readonly dataVersion?: DataVersion;
    readonly tags?: Readonly<Record<string, string>>;
  }
  /** What was seen of an external asset. */
  export class ObserveResult {
    constructor(fields?: CheckedResultFields);
    readonly assetKey?: string;
    readonly metadata?: RawMetadata;
    readonly checkResults: readonly AssetCheckResult[];
    readonly dataVersion?: DataVersion;
    readonly tags?: Readonly<Record<string, string>>;
  }
  interface AssetEventFields {
    assetKey: AssetKey | string | readonly string[];
    description?: string;
    metadata?: RawMetadata;
    partition?: string;
    tags?: Readonly<Record<string, string>>;
  }
  /** Yielded by a body: an asset was made, here or elsewhere. Says nothing of a value. */
  export class AssetMaterialization {
    constructor(fields: AssetEventFields);
    readonly assetKey: string;
    readonly description?: string;
    readonly metadata?: RawMetadata;
    readonly partition?: string;
    readonly tags?: Readonly<Record<string, string>>;
  }
  /** Yielded by a body: something was seen of an asset. */
  export class AssetObservation {
    constructor(fields: AssetEventFields);
    readonly assetKey: string;
    readonly description?: string;
    readonly metadata?: RawMetadata;
    readonly partition?: string;
    readonly tags?: Readonly<Record<string, string>>;
  }
  /** One of any number of values of an op's dynamic output. */
  export class DynamicOutput<T = unknown, Name extends string = string> {
    constructor(value: T, fields: { mappingKey: string; outputName?: Name; metadata?: RawMetadata });
    readonly value: T;
    readonly mappingKey: string;
    readonly outputName: Name;
    readonly metadata?: RawMetadata;
  }
  /** A value with metadata. */
  export class Output<T = unknown, Name extends string = string> {
    constructor(value: T, fields?: Omit<ResultFields, 'assetKey'> & { outputName?: Name });
    readonly value: T;
    readonly outputName: Name;
    readonly metadata?: RawMetadata;
    readonly dataVersion?: DataVersion;
    readonly tags?: Readonly<Record<string, string>>;
  }
  /** What a check found. */
  export class AssetCheckResult {
    constructor(fields: {
      passed: boolean;
      /** ERROR by default; only an ERROR of a blocking check keeps readers from running. */
      severity?: 'ERROR' | 'WARN';
      description?: string;
      metadata?: RawMetadata;
      /** Not needed when the body has one check. */
      checkName?: string;
      assetKey?: AssetKey | string | readonly string[];
    });
    readonly passed: boolean;
    readonly severity: 'ERROR' | 'WARN';
  }
  /** A version of a value, chosen by the author instead of computed. */
  export class DataVersion {
    constructor(value: string);
    readonly value: string;
  }
  /** Throw it to fail with a description and metadata. */
  export class Failure extends Error {
    constructor(fields?: { description?: string; metadata?: RawMetadata; allowRetries?: boolean });
  }
  /** Throw it to be run again. */
  export class RetryRequested extends Error {
    constructor(fields?: { maxRetries?: number; secondsToWait?: number });
  }
  /** A typed metadata value; plain values are coerced. */
  export class MetadataValue {
    readonly type: string;
    readonly value: unknown;
    static text(text: string): MetadataValue;
    static url(url: string): MetadataValue;
    static path(path: string): MetadataValue;
    static notebook(path: string): MetadataValue;
    static json(data: unknown): MetadataValue;
    static md(markdown: string): MetadataValue;
    static float(value: number): MetadataValue;
    static int(value: number): MetadataValue;
    static bool(value: boolean): MetadataValue;
    static timestamp(value: number | Date): MetadataValue;
    static dagsterRun(runId: string): MetadataValue;
    static job(name: string): MetadataValue;
    static asset(key: AssetKey | string | readonly string[]): MetadataValue;
    static table(table: { records: readonly Readonly<Record<string, unknown>>[]; schema?: unknown }): MetadataValue;
    static tableSchema(schema: { columns: readonly Readonly<Record<string, unknown>>[] }): MetadataValue;
    static columnLineage(lineage: { depsByColumn: Readonly<Record<string, readonly unknown[]>> }): MetadataValue;
    static null(): MetadataValue;
    static codeReferences(references: readonly Readonly<Record<string, unknown>>[]): MetadataValue;
    /** A PNG or JPEG picture, from its bytes. */
    static image(bytes: Uint8Array): MetadataValue;
    /** A Vega-Lite-like specification whose data stands inside it. */
    static chart(spec: Readonly<Record<string, unknown>>): MetadataValue;
  }
  export interface ContextLog {
    debug(...message: unknown[]): void;
    info(...message: unknown[]): void;
    warn(...message: unknown[]): void;
    error(...message: unknown[]): void;
  }
  /** The versions that a materialization was made with. */
  export interface DataProvenance {
    readonly codeVersion: string;
    readonly inputDataVersions: Readonly<Record<string, string>>;
    readonly dataVersion: string;
    readonly isUserProvided: boolean;
  }
  /** By key, the resources of the project: declared beside this, from their classes. */
  export interface ProjectResources {}
  /** The second parameter of a body. */
  export interface AssetContext<Config = any, Resources = ProjectResources> {
    readonly log: ContextLog;
    readonly runId: string;
    readonly runTags: Readonly<Record<string, string>>;
    readonly assetKey: AssetKey;
    readonly selectedAssetKeys: ReadonlySet<string>;
    /** Names of the outputs that this run wants of a multi-asset. */
    readonly selectedOutputNames: ReadonlySet<string>;
    /** The checks that this run wants, as "orders:is_full". */
    readonly selectedAssetCheckKeys: ReadonlySet<string>;
    readonly config: Config;
    readonly resources: Resources;
    /** Versions of the latest materialization of an asset that this body makes. */
    getAssetProvenance(assetKey: AssetKey | string): DataProvenance | undefined;
    /** 0 on the first try. */
    readonly retryNumber: number;
    /** Adds metadata to the materialization. */
    addMetadata(metadata: RawMetadata, target?: { assetKey?: AssetKey | string }): void;
    /** Fires on cancel and on timeout. */
    readonly signal: AbortSignal;
    /** How far the step is, from 0 to 1, with a few words. */
    progress(fraction: number, message?: string): void;
  }
  export type Context = AssetContext;
  export type Inputs = any;
}

declare module '#types/*' {
  export type Inputs = any;
  export type Context = import('headwater').AssetContext;
}
declare module '*';

interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
interface Console {
  log(...data: unknown[]): void;
  debug(...data: unknown[]): void;
  info(...data: unknown[]): void;
  warn(...data: unknown[]): void;
  error(...data: unknown[]): void;
}
declare const console: Console;
declare function setTimeout<Args extends unknown[]>(callback: (...args: Args) => void, ms?: number, ...args: Args): number;
declare function clearTimeout(id: number | undefined): void;
declare function setInterval<Args extends unknown[]>(callback: (...args: Args) => void, ms?: number, ...args: Args): number;
declare function clearInterval(id: number | undefined): void;
declare function queueMicrotask(callback: () => void): void;
declare function structuredClone<T>(value: T): T;
declare function atob(data: string): string;
declare function btoa(data: string): string;
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: ArrayBufferView | ArrayBuffer): string;
}
declare class URL {
  constructor(url: string, base?: string);
  readonly href: string;
  readonly protocol: string;
  readonly host: string;
  readonly hostname: string;
  readonly pathname: string;
  readonly search: string;
  readonly searchParams: URLSearchParams;
  readonly hash: string;
  static canParse(url: string): boolean;
}
declare class URLSearchParams {
  constructor(init?: string | Record<string, string>);
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string): boolean;
  entries(): IterableIterator<[string, string]>;
}
declare const performance: { now(): number };
${resourceLibrary}`;
