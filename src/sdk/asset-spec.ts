// What is known of an asset without its body, and how assets are named.

import { AssetKey, assetKeyProblem, formatUserString, parseUserString } from '#model/asset-key.ts';
import { coerceMetadata, type RawMetadata } from './metadata.ts';
import { type AssetKeyLike, toUserString } from './results.ts';

/** Anything that names one asset. */
export type CoercibleToAssetKey = AssetKeyLike | AssetSpec | HasKey;

/** What `asset` and its like return, as far as naming goes. */
interface HasKey {
  readonly key: AssetKey;
  readonly specs: readonly AssetSpec[];
}

/** A dependency that orders without loading. Dagster: AssetDep. */
export class AssetDep {
  /** User string. */
  readonly asset: string;
  constructor(asset: CoercibleToAssetKey) {
    this.asset = keyTextOf(asset);
  }
}

/** One thing that `deps` takes. A definition of several assets stands for all of them. */
export type CoercibleToAssetDep = CoercibleToAssetKey | AssetDep;

/** Where an input comes from. Dagster: AssetIn. */
export class AssetIn {
  /** User string. */
  readonly key?: string;
  readonly keyPrefix?: readonly string[];
  readonly metadata?: RawMetadata;
  /** Key of the resource that loads it, instead of the one that stored it. */
  readonly inputManagerKey?: string;

  constructor(
    fields: {
      key?: CoercibleToAssetKey;
      keyPrefix?: string | readonly string[];
      metadata?: RawMetadata;
      inputManagerKey?: string;
    } = {},
  ) {
    if (fields.key !== undefined && fields.keyPrefix !== undefined)
      throw new TypeError('AssetIn takes a key or a keyPrefix, not both.');
    if (fields.key !== undefined) this.key = keyTextOf(fields.key);
    if (fields.keyPrefix !== undefined) this.keyPrefix = pathOf(fields.keyPrefix);
    if (fields.metadata !== undefined) this.metadata = fields.metadata;
    if (fields.inputManagerKey !== undefined) this.inputManagerKey = fields.inputManagerKey;
  }

  /** The key that an input of that name reads, as a user string. */
  static keyFor(input: AssetIn | undefined, name: string): string {
    return input?.key ?? formatUserString([...(input?.keyPrefix ?? []), name]);
  }
}

/** What specs, assets and outputs share. */
export interface SpecFields {
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
}

/** What is known of an asset without its body. In `Definitions` it is an external asset. Dagster: AssetSpec. */
export class AssetSpec {
  readonly key: AssetKey;
  /** User strings, without repeats. */
  readonly deps: readonly string[];
  readonly description?: string;
  readonly metadata?: RawMetadata;
  readonly groupName?: string;
  readonly codeVersion?: string;
  readonly owners: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly kinds: readonly string[];
  /** A body may leave it out; what reads it is skipped then. */
  readonly skippable: boolean;

  constructor(
    fields: SpecFields & {
      key: CoercibleToAssetKey;
      deps?: readonly CoercibleToAssetDep[];
      skippable?: boolean;
    },
  ) {
    this.key = AssetKey.fromUserString(checkedKey(keyTextOf(fields.key)));
    this.deps = depTexts(fields.deps);
    this.owners = [...(fields.owners ?? [])];
    this.tags = { ...fields.tags };
    this.kinds = [...(fields.kinds ?? [])];
    this.skippable = fields.skippable ?? false;
    // Raw values that are no metadata are found where they are written.
    coerceMetadata(fields.metadata);
    if (fields.description !== undefined) this.description = fields.description;
    if (fields.metadata !== undefined) this.metadata = fields.metadata;
    if (fields.groupName !== undefined) this.groupName = fields.groupName;
    if (fields.codeVersion !== undefined) this.codeVersion = fields.codeVersion;
  }

  /** The resource that stores the asset, as Dagster writes it down: metadata `dagster/io_manager_key`. */
  withIoManagerKey(key: string): AssetSpec {
    return this.mergeAttributes({ metadata: { [ioManagerMetadata]: key } });
  }

  /** A copy with these fields in the place of its own. Dagster: AssetSpec.replace_attributes. */
  replaceAttributes(fields: Partial<ConstructorParameters<typeof AssetSpec>[0]>): AssetSpec {
    return new AssetSpec({ ...fieldsOf(this), ...fields });
  }

  /** A copy with these added to its own. Dagster: AssetSpec.merge_attributes. */
  mergeAttributes(
    fields: Pick<SpecFields, 'metadata' | 'owners' | 'tags' | 'kinds'> & {
      deps?: readonly CoercibleToAssetDep[];
    },
  ): AssetSpec {
    return new AssetSpec({
      ...fieldsOf(this),
      deps: [...this.deps, ...(fields.deps ?? [])],
      metadata: { ...this.metadata, ...fields.metadata },
      owners: [...new Set([...this.owners, ...(fields.owners ?? [])])],
      tags: { ...this.tags, ...fields.tags },
      kinds: [...new Set([...this.kinds, ...(fields.kinds ?? [])])],
    });
  }
}

/** Metadata under which Dagster keeps the IO manager of a spec. */
export const ioManagerMetadata = 'dagster/io_manager_key';

/** A spec's fields as its constructor takes them. */
export const fieldsOf = (spec: AssetSpec): ConstructorParameters<typeof AssetSpec>[0] => ({ ...spec });

/** The user string of anything that names one asset. Throws for a definition of several. */
export function keyTextOf(value: CoercibleToAssetKey): string {
  if (value instanceof AssetKey || typeof value === 'string' || Array.isArray(value))
    return toUserString(value as AssetKeyLike);
  const named = value as AssetSpec | HasKey;
  if ('specs' in named && named.specs.length !== 1)
    throw new TypeError(
      `This definition makes ${named.specs.length} assets: name the one that is meant (${named.specs.map((spec) => spec.key.toString()).join(', ')}).`,
    );
  return named.key.toString();
}

/** The keys that `deps` name, each once. */
export function depTexts(deps: readonly CoercibleToAssetDep[] = []): readonly string[] {
  const texts = deps.flatMap((dep) => {
    if (dep instanceof AssetDep) return [dep.asset];
    return hasSpecs(dep) ? dep.specs.map((spec) => spec.key.toString()) : [keyTextOf(dep)];
  });
  return [...new Set(texts)];
}

const hasSpecs = (value: CoercibleToAssetDep): value is HasKey =>
  typeof value === 'function' && 'specs' in value;

/** Names that an asset may be given by: `key`, or `name` with `keyPrefix`. */
export interface NameFields {
  /** The last part of the key; by default the function's name. */
  name?: string;
  /** The whole key; excludes `name` and `keyPrefix`. */
  key?: AssetKeyLike;
  /** Parts in front of the name. */
  keyPrefix?: string | readonly string[];
}

/** The user string that those name. */
export function namedKey({ name, key, keyPrefix }: NameFields, defaultName: string): string {
  if (key !== undefined) {
    if (name !== undefined || keyPrefix !== undefined)
      throw new TypeError('An asset takes a key, or a name and a keyPrefix, not both.');
    return checkedKey(toUserString(key));
  }
  const last = name ?? defaultName;
  if (last === '') throw new TypeError('An anonymous body needs a `name` or a `key`.');
  return checkedKey(formatUserString([...(keyPrefix === undefined ? [] : pathOf(keyPrefix)), last]));
}

export const pathOf = (prefix: string | readonly string[]): readonly string[] =>
  typeof prefix === 'string' ? parseUserString(prefix) : prefix;

export function checkedKey(key: string): string {
  const problem = assetKeyProblem(key);
  if (problem !== undefined) throw new TypeError(`“${key}” is not an asset key. ${problem}`);
  return key;
}
