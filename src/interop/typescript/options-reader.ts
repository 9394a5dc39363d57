// The options of a definition, field by field. What cannot be read is said, and the rest is read.

import { assetKeyProblem, formatUserString } from '#model/asset-key.ts';
import type { CheckSpecData, Json, RetryPolicyData } from '#model/document.ts';
import { Call, type Code, codeJson, Fields } from './code.ts';
import { configCode } from './config-code.ts';
import { printCode } from './print-code.ts';
import { schemaOfCode } from './read-config.ts';

/** Told of each option that is not read, with the reason. */
export type OnProblem = (message: string, option?: string) => void;

export class OptionsReader {
  readonly #options: Fields;
  readonly #onProblem: OnProblem;
  readonly #read = new Set<string>();

  constructor(options: Fields, onProblem: OnProblem) {
    this.#options = options;
    this.#onProblem = onProblem;
  }

  /** Says which options were never asked for. */
  finish(): void {
    for (const [name] of this.#options.entries)
      if (!this.#read.has(name))
        this.#onProblem(`The option “${name}” is left out: the graph has no place for it.`, name);
  }

  code(name: string): Code | undefined {
    this.#read.add(name);
    return this.#options.get(name);
  }

  #unreadable(name: string, wanted: string): undefined {
    this.#onProblem(`“${name}” cannot be read: it must be ${wanted}.`, name);
    return undefined;
  }

  text(name: string): string | undefined {
    const code = this.code(name);
    return code === undefined || typeof code === 'string' ? code : this.#unreadable(name, 'a text');
  }

  number(name: string): number | undefined {
    const code = this.code(name);
    return code === undefined || typeof code === 'number' ? code : this.#unreadable(name, 'a number');
  }

  flag(name: string): boolean | undefined {
    const code = this.code(name);
    return code === undefined || typeof code === 'boolean' ? code : this.#unreadable(name, 'true or false');
  }

  texts(name: string): readonly string[] | undefined {
    const code = this.code(name);
    if (code === undefined) return undefined;
    if (Array.isArray(code) && code.every((item) => typeof item === 'string')) return code;
    return this.#unreadable(name, 'a list of texts');
  }

  /** Keys, as texts or as lists of their parts. */
  keys(name: string): readonly string[] | undefined {
    const code = this.code(name);
    if (code === undefined) return undefined;
    const keys = Array.isArray(code) ? code.map((item: Code) => keyOfCode(item)) : [];
    const read = keys.filter((key) => key !== undefined);
    if (!Array.isArray(code) || read.length < keys.length) this.#unreadable(name, 'a list of keys, as texts');
    return read;
  }

  key(name: string): string | undefined {
    const code = this.code(name);
    if (code === undefined) return undefined;
    return keyOfCode(code) ?? this.#unreadable(name, 'a key, as a text');
  }

  json(name: string): Json | undefined {
    const code = this.code(name);
    if (code === undefined) return undefined;
    return codeJson(code) ?? this.#unreadable(name, 'data that is written out');
  }

  record(name: string): Readonly<Record<string, Json>> | undefined {
    const value = this.json(name);
    if (value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value)))
      return value as Readonly<Record<string, Json>> | undefined;
    return this.#unreadable(name, 'an object');
  }

  textMap(name: string): Readonly<Record<string, string>> | undefined {
    const value = this.record(name);
    if (value === undefined || Object.values(value).every((item) => typeof item === 'string'))
      return value as Readonly<Record<string, string>> | undefined;
    return this.#unreadable(name, 'an object of texts');
  }

  /** Input name to key, of AssetIns. */
  ins(name: string): Readonly<Record<string, string>> | undefined {
    const code = this.code(name);
    if (code === undefined) return undefined;
    if (!(code instanceof Fields)) return this.#unreadable(name, 'an object of AssetIns');
    const ins: Record<string, string> = {};
    for (const [input, item] of code.entries) {
      const fields = argumentOf(item, 'new AssetIn');
      const key = fields?.get('key');
      const prefix = fields?.get('keyPrefix');
      const path = prefix === undefined ? undefined : keyOfCode(prefix);
      const found = key !== undefined ? keyOfCode(key) : path === undefined ? undefined : `${path}/${input}`;
      if (found === undefined) this.#unreadable(`${name}.${input}`, 'new AssetIn({ key: … })');
      else ins[input] = found;
    }
    return ins;
  }

  retryPolicy(): RetryPolicyData | undefined {
    const code = this.code('retryPolicy');
    if (code === undefined) return undefined;
    const fields = argumentOf(code, 'new RetryPolicy');
    const data = fields && codeJson(fields);
    if (typeof data !== 'object' || data === null || Array.isArray(data))
      return this.#unreadable('retryPolicy', 'new RetryPolicy({ maxRetries: … })');
    return { maxRetries: 1, ...(data as Partial<RetryPolicyData>) };
  }

  /** `ownKey` is left out of specs that name it. */
  checkSpecs(name: string, ownKey: string | undefined): readonly CheckSpecData[] | undefined {
    const code = this.code(name);
    if (code === undefined) return undefined;
    if (!Array.isArray(code)) return this.#unreadable(name, 'a list of AssetCheckSpecs');
    return code.flatMap((item: Code): CheckSpecData[] => {
      const fields = argumentOf(item, 'new AssetCheckSpec');
      if (!fields) {
        this.#unreadable(name, 'a list of new AssetCheckSpec({ … })');
        return [];
      }
      const reader = new OptionsReader(fields, this.#onProblem);
      const spec = reader.checkSpec();
      reader.finish();
      if (!spec) return [];
      const { asset, ...rest } = spec;
      return [asset === ownKey || asset === undefined ? rest : { ...rest, asset }];
    });
  }

  checkSpec(): CheckSpecData | undefined {
    const name = this.text('name');
    if (name === undefined) return undefined;
    return defined({
      name,
      asset: this.key('asset'),
      description: this.text('description'),
      blocking: this.flag('blocking'),
      additionalDeps: this.keys('additionalDeps'),
      metadata: this.record('metadata'),
    });
  }

  /** The schema of a config and its default; what is kept beside the code stands while the code says the same. */
  config(left: Readonly<Record<string, Json>>): { readonly config?: Json; readonly configSchema?: Json } {
    const code = this.code('config');
    const { config, configSchema } = left;
    const kept = configCode(configSchema, config);
    if (code === undefined) return {};
    if (kept !== undefined && printCode(kept) === printCode(code)) return defined({ config, configSchema });
    const schema = schemaOfCode(code);
    if (schema === undefined) {
      this.#onProblem(
        '“config” cannot be read without running it: its schema is left out, and the config is written as JSON.',
        'config',
      );
      return {};
    }
    return { configSchema: schema };
  }

  /** What describes an asset. */
  spec(): SpecData {
    return defined({
      group: this.text('groupName'),
      description: this.text('description'),
      tags: this.textMap('tags'),
      owners: this.texts('owners'),
      kinds: this.texts('kinds'),
      metadata: this.record('metadata'),
      codeVersion: this.text('codeVersion'),
    });
  }

  /** The key by `key`, or by `name` and `keyPrefix`; undefined, with a problem, when it is none. */
  assetKey(defaultName: string | undefined): string | undefined {
    const prefix = this.key('keyPrefix');
    const last = this.text('name') ?? defaultName;
    const key =
      this.key('key') ?? (last === undefined ? undefined : prefix === undefined ? last : `${prefix}/${last}`);
    if (key === undefined) {
      this.#onProblem('An asset without a name: give its options a `key`, or its function a name.');
      return undefined;
    }
    const problem = assetKeyProblem(key);
    if (problem !== undefined) this.#onProblem(`“${key}” is not an asset key. ${problem}`, 'key');
    return problem === undefined ? key : undefined;
  }
}

export interface SpecData {
  readonly group?: string;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly owners?: readonly string[];
  readonly kinds?: readonly string[];
  readonly metadata?: Readonly<Record<string, Json>>;
  readonly codeVersion?: string;
}

/** The one object that `callee` is called with. */
export function argumentOf(code: Code, callee: string): Fields | undefined {
  if (!(code instanceof Call) || code.callee !== callee || code.args.length > 1) return undefined;
  const [only = new Fields([])] = code.args;
  return only instanceof Fields ? only : undefined;
}

function keyOfCode(code: Code): string | undefined {
  if (typeof code === 'string') return code;
  if (Array.isArray(code) && code.length > 0 && code.every((part) => typeof part === 'string'))
    return formatUserString(code);
  if (code instanceof Call && (code.callee === 'new AssetKey' || code.callee === 'new AssetDep')) {
    const [only] = code.args;
    return only === undefined ? undefined : keyOfCode(only);
  }
  return undefined;
}

type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The same without the fields that are undefined. */
export function defined<T extends object>(record: T): Defined<T> & { readonly [K in RequiredKeys<T>]: T[K] } {
  return Object.fromEntries(
    Object.entries(record).filter(([, value]) => value !== undefined),
  ) as Defined<T> & {
    readonly [K in RequiredKeys<T>]: T[K];
  };
}

type RequiredKeys<T> = { [K in keyof T]-?: undefined extends T[K] ? never : K }[keyof T];
