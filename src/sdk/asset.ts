// `asset(…)`: the definition of one asset by its body. Reads the body's text for its inputs, never runs it.

import { AssetKey, assetKeyProblem, formatUserString, parseUserString } from '#model/asset-key.ts';
import { readBodyHead } from '#model/body-head.ts';
import type { AssetContext } from './context.ts';
import { coerceMetadata, type RawMetadata } from './metadata.ts';
import { type AssetKeyLike, toUserString } from './results.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { BodyFunction } from './run-body.ts';

/** Names another key for an input. Dagster: AssetIn. */
export class AssetIn {
  readonly key?: string;
  constructor(fields: { key?: AssetKeyLike; keyPrefix?: string | readonly string[] } = {}) {
    if (fields.key !== undefined && fields.keyPrefix !== undefined)
      throw new TypeError('AssetIn takes a key or a keyPrefix, not both.');
    if (fields.key !== undefined) this.key = toUserString(fields.key);
    if (fields.keyPrefix !== undefined) this.keyPrefix = pathOf(fields.keyPrefix);
  }
  readonly keyPrefix?: readonly string[];
}

/** What anything that has a Zod-like `parse` can be: the schema of an asset's config. */
export interface ConfigSchema<Config> {
  parse(raw: unknown): Config;
}

/** The options of `asset`. Dagster: the parameters of `@asset`. */
export interface AssetOptions<Config = unknown> {
  /** The last part of the key; by default the function's name. */
  name?: string;
  /** The whole key; excludes `name` and `keyPrefix`. */
  key?: AssetKeyLike;
  /** Parts in front of the name. */
  keyPrefix?: string | readonly string[];
  /** Input name to where it comes from, for inputs whose key is not their name. */
  ins?: Readonly<Record<string, AssetIn>>;
  /** Assets that come first without being loaded. */
  deps?: readonly CoercibleToAssetKey[];
  /** Markdown. */
  description?: string;
  /** Definition metadata. */
  metadata?: RawMetadata;
  tags?: Readonly<Record<string, string>>;
  /** E-mail addresses or `team:name`. */
  owners?: readonly string[];
  /** At most ten. */
  kinds?: readonly string[];
  groupName?: string;
  /** By default a hash of the code. */
  codeVersion?: string;
  config?: ConfigSchema<Config>;
  retryPolicy?: RetryPolicy;
  /** Seconds after which a running body is stopped. */
  timeoutSeconds?: number;
}

/** Anything that names an asset. */
export type CoercibleToAssetKey = AssetKeyLike | AssetSpec | AssetsDefinition;

/** What is known of an asset without its body. An AssetSpec in `Definitions` is an external asset. Dagster: AssetSpec. */
export class AssetSpec {
  readonly key: AssetKey;
  readonly deps: readonly string[];
  readonly description?: string;
  readonly metadata?: RawMetadata;
  readonly groupName?: string;
  readonly codeVersion?: string;
  readonly owners: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly kinds: readonly string[];

  constructor(
    fields: { key: AssetKeyLike } & Pick<
      AssetOptions,
      'deps' | 'description' | 'metadata' | 'groupName' | 'codeVersion' | 'owners' | 'tags' | 'kinds'
    >,
  ) {
    this.key = AssetKey.fromUserString(checkedKey(toUserString(fields.key)));
    this.deps = (fields.deps ?? []).map(keyTextOf);
    this.owners = fields.owners ?? [];
    this.tags = fields.tags ?? {};
    this.kinds = fields.kinds ?? [];
    if (fields.description !== undefined) this.description = fields.description;
    if (fields.metadata !== undefined) this.metadata = fields.metadata;
    if (fields.groupName !== undefined) this.groupName = fields.groupName;
    if (fields.codeVersion !== undefined) this.codeVersion = fields.codeVersion;
  }
}

/** An asset with its body. Callable with inputs and a context, for unit tests. Dagster: AssetsDefinition. */
export interface AssetsDefinition {
  (inputs?: Readonly<Record<string, unknown>>, context?: AssetContext): unknown;
  readonly key: AssetKey;
  readonly spec: AssetSpec;
  readonly options: AssetOptions;
  readonly body: BodyFunction;
  /** The body as `export default …` text: what the graph is read from. */
  readonly bodyText: string;
  /** Input name to user-string key, for inputs that `ins` maps. */
  readonly ins: Readonly<Record<string, string>>;
}

const supported: ReadonlySet<string> = new Set<keyof AssetOptions>([
  'name',
  'key',
  'keyPrefix',
  'ins',
  'deps',
  'description',
  'metadata',
  'tags',
  'owners',
  'kinds',
  'groupName',
  'codeVersion',
  'config',
  'retryPolicy',
  'timeoutSeconds',
]);

/**
 * Defines an asset by its body: `asset(body)` or `asset(options, body)`. The inputs are the names that the
 * body's first parameter destructures. Throws when the body's parameters or the options cannot be read.
 * Dagster: `@asset`.
 */
export function asset<I = never, R = unknown>(
  body: (inputs: I, context: AssetContext) => R,
): AssetsDefinition;
export function asset<I = never, R = unknown, Config = unknown>(
  options: AssetOptions<Config>,
  body: (inputs: I, context: AssetContext<Config>) => R,
): AssetsDefinition;
export function asset(first: unknown, second?: unknown): AssetsDefinition {
  const options = (typeof first === 'function' ? {} : first) as AssetOptions;
  const body = typeof first === 'function' ? first : second;
  if (typeof options !== 'object' || options === null || typeof body !== 'function')
    throw new TypeError('asset takes a body, or options and a body.');
  const unknown = Object.keys(options).find((name) => !supported.has(name));
  if (unknown !== undefined) throw new TypeError(`asset has no option “${unknown}”.`);
  const key = checkedKey(keyOf(options, body.name));
  const bodyText = textOfBody(body);
  const head = readBodyHead(bodyText);
  if (!head.ok) throw new TypeError(`“${key}”: ${head.error.message}`);
  const ins: Record<string, string> = {};
  for (const [name, input] of Object.entries(options.ins ?? {})) {
    if (!head.value.inputs.some((known) => known.name === name))
      throw new TypeError(`“${key}”: \`ins\` names “${name}”, which the body does not destructure.`);
    ins[name] = input.key ?? formatUserString([...(input.keyPrefix ?? []), name]);
  }
  coerceMetadata(options.metadata);
  const definition = (inputs: Readonly<Record<string, unknown>> = {}, context?: AssetContext) =>
    (body as BodyFunction)(inputs, context as AssetContext);
  const { name: _name, key: _key, keyPrefix: _keyPrefix, ...fields } = options;
  return Object.assign(definition, {
    key: AssetKey.fromUserString(key),
    spec: new AssetSpec({ ...fields, key }),
    options,
    body: body as BodyFunction,
    bodyText,
    ins,
  });
}

/** Is this what `asset` returns? */
export const isAssetsDefinition = (value: unknown): value is AssetsDefinition =>
  typeof value === 'function' && 'bodyText' in value && 'spec' in value;

/** The user string of anything that names an asset. */
export function keyTextOf(value: CoercibleToAssetKey): string {
  if (isAssetsDefinition(value) || value instanceof AssetSpec) return value.key.toString();
  return toUserString(value);
}

function keyOf(options: AssetOptions, functionName: string): string {
  if (options.key !== undefined) {
    if (options.name !== undefined || options.keyPrefix !== undefined)
      throw new TypeError('An asset takes a key, or a name and a keyPrefix, not both.');
    return toUserString(options.key);
  }
  const name = options.name ?? functionName;
  if (name === '') throw new TypeError('An anonymous body needs a `name` or a `key`.');
  return formatUserString([...(options.keyPrefix === undefined ? [] : pathOf(options.keyPrefix)), name]);
}

const pathOf = (prefix: string | readonly string[]): readonly string[] =>
  typeof prefix === 'string' ? parseUserString(prefix) : prefix;

function checkedKey(key: string): string {
  const problem = assetKeyProblem(key);
  if (problem !== undefined) throw new TypeError(`“${key}” is not an asset key. ${problem}`);
  return key;
}

// A method's text has no `function` in front: `orders({ a }) {}` becomes `function orders({ a }) {}`.
function textOfBody(body: object): string {
  const text = Function.prototype.toString.call(body);
  if (
    /^(?:async\s+)?function\b/.test(text) ||
    /^(?:async\s*)?\(/.test(text) ||
    /^(?:async\s+)?[\w$]+\s*=>/.test(text)
  )
    return `export default ${text}`;
  const method = /^(async\s+)?(\*\s*)?/.exec(text)!;
  return `export default ${method[1] ?? ''}function ${method[2] ?? ''}${text.slice(method[0].length)}`;
}
