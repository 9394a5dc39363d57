// What TypeScript is told about resources, IO managers and the part of Zod that their fields need. Joined to
// body-library.ts.

export const resourceLibrary = `
declare module 'headwater' {
  /** Stands for an environment value in a resource's fields. */
  export class EnvVar {
    constructor(name: string, kind?: 'string' | 'int');
    static int(name: string): EnvVar;
    readonly name: string;
    toString(): string;
    toJSON(): string;
  }
  /** What a resource is told when a run sets it up and tears it down. */
  export interface InitResourceContext {
    readonly log: ContextLog;
    readonly runId: string;
    readonly resourceConfig?: unknown;
  }
  interface ResourceLife {
    setupForExecution?(context: InitResourceContext): void | Promise<void>;
    teardownAfterExecution?(context: InitResourceContext): void | Promise<void>;
  }
  interface FieldsSchema {
    readonly _zod: { readonly output: object; readonly input: object };
  }
  /** The base class of resources whose fields are those of a Zod object. */
  export function ConfigurableResource<Schema extends FieldsSchema>(
    schema: Schema,
  ): new (fields: Schema['_zod']['input']) => ResourceLife & Readonly<Schema['_zod']['output']>;
  /** The bytes that an IO manager keeps, by path. */
  export interface ManagerStore {
    get(path: string): Promise<Uint8Array | undefined>;
    put(path: string, bytes: Uint8Array): Promise<void>;
    delete(path: string): Promise<void>;
  }
  export interface OutputContext {
    readonly assetKey: AssetKey;
    readonly name: string;
    readonly partitionKey?: string;
    readonly metadata: RawMetadata;
    readonly resourceConfig: Readonly<Record<string, unknown>>;
    readonly runId: string;
    readonly stepKey: string;
    readonly log: ContextLog;
    addOutputMetadata(metadata: RawMetadata): void;
    readonly store: ManagerStore;
  }
  export interface InputContext {
    readonly assetKey: AssetKey;
    readonly name?: string;
    readonly partitionKey?: string;
    readonly metadata: RawMetadata;
    readonly resourceConfig: Readonly<Record<string, unknown>>;
    readonly log: ContextLog;
    readonly upstreamOutput: OutputContext;
    addOutputMetadata(metadata: RawMetadata): void;
    readonly store: ManagerStore;
  }
  /** Stores what bodies return and loads what they read. */
  export abstract class IOManager {
    abstract handleOutput(context: OutputContext, value: unknown): void | Promise<void>;
    abstract loadInput(context: InputContext): unknown;
  }
  /** The base class of IO managers whose fields are those of a Zod object. */
  export function ConfigurableIOManager<Schema extends FieldsSchema>(
    schema: Schema,
  ): abstract new (
    fields: Schema['_zod']['input'],
  ) => ResourceLife & IOManager & Readonly<Schema['_zod']['output']>;
}

/** Reaches the network: on the command line, and in the browser where the project has a grant for the host. */
declare function fetch(
  url: string | URL,
  init?: {
    method?: string;
    headers?: Readonly<Record<string, string>>;
    body?: string | Uint8Array;
    signal?: AbortSignal;
  },
): Promise<{
  readonly ok: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly url: string;
  readonly headers: { get(name: string): string | null; has(name: string): boolean };
  json(): Promise<any>;
  text(): Promise<string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}>;

declare module 'zod' {
  interface ZodType<Out = any, In = Out> {
    readonly _zod: { readonly output: Out; readonly input: In };
    parse(raw: unknown): Out;
    safeParse(raw: unknown):
      | { readonly success: true; readonly data: Out }
      | {
          readonly success: false;
          readonly error: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] };
        };
    optional(): ZodType<Out | undefined, In | undefined>;
    nullable(): ZodType<Out | null, In | null>;
    default(value: Out): ZodType<Exclude<Out, undefined>, In | undefined>;
    describe(text: string): this;
    refine(check: (value: Out) => unknown, message?: string): this;
    transform<T>(change: (value: Out) => T): ZodType<T, In>;
    nullish(): ZodType<Out | null | undefined, In | null | undefined>;
    superRefine(
      check: (
        value: Out,
        context: {
          readonly value: Out;
          addIssue(issue: string | { readonly message?: string; readonly path?: PropertyKey[]; readonly [other: string]: unknown }): void;
        },
      ) => unknown,
    ): this;
    readonly(): this;
    /** The rest of Zod is there too; the editor does not know it. */
    readonly [other: string]: any;
  }
  interface ZodString extends ZodType<string> {
    min(length: number, message?: string): this;
    max(length: number, message?: string): this;
    length(length: number, message?: string): this;
    regex(pattern: RegExp, message?: string): this;
    startsWith(text: string): this;
    endsWith(text: string): this;
    includes(text: string): this;
    nonempty(): this;
    trim(): this;
    toLowerCase(): this;
    toUpperCase(): this;
    url(): this;
    email(): this;
  }
  interface ZodNumber extends ZodType<number> {
    int(): this;
    min(least: number, message?: string): this;
    max(most: number, message?: string): this;
    gte(least: number): this;
    lte(most: number): this;
    gt(bound: number): this;
    lt(bound: number): this;
    positive(): this;
    negative(): this;
    nonnegative(): this;
    nonpositive(): this;
    multipleOf(step: number): this;
  }
  interface ZodArray<Out, In> extends ZodType<Out[], In[]> {
    min(length: number): this;
    max(length: number): this;
    length(length: number): this;
    nonempty(): this;
  }
  type ZodShape = Readonly<Record<string, ZodType<any, any>>>;
  type Side<Shape extends ZodShape, Of extends 'output' | 'input'> = {
    [Name in keyof Shape as undefined extends Shape[Name]['_zod'][Of] ? never : Name]: Shape[Name]['_zod'][Of];
  } & {
    [Name in keyof Shape as undefined extends Shape[Name]['_zod'][Of] ? Name : never]?: Shape[Name]['_zod'][Of];
  };
  interface ZodObject<Shape extends ZodShape> extends ZodType<Side<Shape, 'output'>, Side<Shape, 'input'>> {
    readonly shape: Shape;
    strict(): this;
    strip(): this;
    loose(): this;
    passthrough(): this;
    catchall(rest: ZodType): this;
    extend<const More extends ZodShape>(more: More): ZodObject<Joined<Shape, More>>;
    safeExtend<const More extends ZodShape>(more: More): ZodObject<Joined<Shape, More>>;
    merge<More extends ZodShape>(other: ZodObject<More>): ZodObject<Joined<Shape, More>>;
    pick<const Names extends Mask<Shape>>(names: Names): ZodObject<Pick<Shape, keyof Shape & keyof Names>>;
    omit<const Names extends Mask<Shape>>(names: Names): ZodObject<Omit<Shape, keyof Names>>;
    partial<const Names extends Mask<Shape> = Mask<Shape>>(names?: Names): ZodObject<Freed<Shape, keyof Names>>;
  }
  type Joined<Shape extends ZodShape, More extends ZodShape> = Omit<Shape, keyof More> & More;
  type Mask<Shape extends ZodShape> = { readonly [Name in keyof Shape]?: true };
  type Freed<Shape extends ZodShape, Names> = {
    readonly [Name in keyof Shape]: Name extends Names
      ? ZodType<Shape[Name]['_zod']['output'] | undefined, Shape[Name]['_zod']['input'] | undefined>
      : Shape[Name];
  };
  interface ZodMakers {
    string(): ZodString;
    number(): ZodNumber;
    int(): ZodNumber;
    boolean(): ZodType<boolean>;
    url(): ZodString;
    email(): ZodString;
    any(): ZodType<any>;
    unknown(): ZodType<unknown>;
    literal<const T extends string | number | boolean | null>(value: T): ZodType<T>;
    enum<const T extends readonly string[]>(values: T): ZodType<T[number]>;
    array<Out, In>(item: ZodType<Out, In>): ZodArray<Out, In>;
    record<Out, In>(key: ZodType<string>, value: ZodType<Out, In>): ZodType<Record<string, Out>, Record<string, In>>;
    object<const Shape extends ZodShape>(shape: Shape): ZodObject<Shape>;
    strictObject<const Shape extends ZodShape>(shape: Shape): ZodObject<Shape>;
    looseObject<const Shape extends ZodShape>(shape: Shape): ZodObject<Shape>;
    optional<Out, In>(of: ZodType<Out, In>): ZodType<Out | undefined, In | undefined>;
    nullable<Out, In>(of: ZodType<Out, In>): ZodType<Out | null, In | null>;
    union<T extends readonly ZodType[]>(options: T): ZodType<T[number]['_zod']['output'], T[number]['_zod']['input']>;
    /** The rest of Zod is there too; the editor does not know it. */
    readonly [other: string]: any;
  }
  export const z: ZodMakers;
  export namespace z {
    type infer<T extends ZodType> = T['_zod']['output'];
    type input<T extends ZodType> = T['_zod']['input'];
  }
}
`;
