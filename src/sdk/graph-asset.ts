// `op`, `graphAsset` and `graphMultiAsset`: an asset made by small bodies wired together. `compose` runs once, at
// definition, with placeholders: what it calls and how it wires the results is the graph.

import { keyToStepKey } from '#model/asset-key.ts';
import type { OpOut } from '#model/document.ts';
import { optionsAndBody, specFields } from './asset.ts';
import { AssetIn, AssetSpec, type NameFields, namedKey, type SpecFields } from './asset-spec.ts';
import {
  type AnyBody,
  type AssetsDefinition,
  type BodyOptions,
  type BodyRecord,
  createDefinition,
  type DefinedOutput,
  refuseUnknown,
} from './assets-definition.ts';
import { inputsOf, textOfBody } from './body-text.ts';
import { compose, currentComposition } from './compose-graph.ts';
import { type AssetOut, outputsOfOuts, stepName } from './multi-asset.ts';

/** An output of an op. Dagster: Out. */
export class Out {
  /** False: a body that yields may leave it out. */
  readonly isRequired: boolean;
  readonly isDynamic: boolean;

  constructor(fields: { isRequired?: boolean; isDynamic?: boolean } = {}) {
    this.isRequired = fields.isRequired ?? true;
    this.isDynamic = fields.isDynamic ?? false;
  }
}

/** An output that gives any number of DynamicOutputs. Dagster: DynamicOut. */
export class DynamicOut extends Out {
  constructor(fields: { isRequired?: boolean } = {}) {
    super({ ...fields, isDynamic: true });
  }
}

/** The options of `op`. Dagster: the parameters of `@op`. */
export interface OpOptions<Config = unknown>
  extends Pick<
    BodyOptions<Config>,
    'config' | 'requiredResourceKeys' | 'retryPolicy' | 'timeoutSeconds' | 'pool' | 'hooks'
  > {
  /** By default the function's name. */
  name?: string;
  /** Names of its outputs; one called "result" by default. */
  outs?: Readonly<Record<string, Out | { readonly isRequired?: boolean; readonly isDynamic?: boolean }>>;
  description?: string;
  tags?: Readonly<Record<string, unknown>>;
}

const knownToOps: ReadonlySet<string> = new Set<string>([
  'config',
  'requiredResourceKeys',
  'retryPolicy',
  'timeoutSeconds',
  'pool',
  'hooks',
  'name',
  'outs',
  'description',
  'tags',
]);

// A generator has a `map` of its own, which is not the one that `compose` calls.
type Composed<R> = R extends Iterator<unknown> | AsyncIterator<unknown> ? ComposedResult : R & ComposedResult;

/** What `op` returns. In `compose` a call wires it into the graph; elsewhere it runs the body. Dagster: OpDefinition. */
export interface OpDefinition<R = unknown> {
  (...args: unknown[]): Composed<R>;
  readonly opName: string;
}

/** What an op's call gives in `compose`: it can be passed on, and of several outputs each stands under its name. */
export interface ComposedResult {
  /** Calls `fn` for the one value of a dynamic result; the ops in it run once per value. */
  map<T>(fn: (value: ComposedResult) => T): T & ComposedResult;
  /** All values of a dynamic result, or of ops that run over one, as an array. */
  collect(): ComposedResult;
  readonly [output: string]: unknown;
}

/**
 * Defines a step of a graph: `op(body)` or `op(options, body)`. The body takes its inputs by position, then the
 * context: `op(function double(value, context) { return value * 2; })`. Dagster: `@op`.
 */
export function op<Args extends unknown[], R>(body: (...args: Args) => R): OpDefinition<R>;
export function op<Args extends unknown[], R, Config = unknown>(
  options: OpOptions<Config>,
  body: (...args: Args) => R,
): OpDefinition<R>;
export function op(first: unknown, second?: unknown): OpDefinition {
  const { options, body } = optionsAndBody<OpOptions>('op', first, second);
  refuseUnknown('op', options, knownToOps);
  const name = stepName('op', options.name ?? body.name);
  const { outs, ...bodyOptions } = options;
  const record: BodyRecord = { run: body, text: textOfBody(body), ins: {}, options: bodyOptions };
  const opOuts = outs && outsOf(outs);
  const call = (...args: unknown[]): unknown => {
    const composing = currentComposition();
    return composing
      ? composing.add(name, record, opOuts, args, options)
      : (body as (...values: unknown[]) => unknown)(...args);
  };
  return Object.assign(call as (...args: unknown[]) => ComposedResult, { opName: name });
}

const outsOf = (outs: NonNullable<OpOptions['outs']>): OpOut[] =>
  Object.entries(outs).map(([name, { isDynamic, isRequired }]) => ({
    name,
    ...(isDynamic ? { isDynamic: true } : {}),
    ...(isRequired === false ? { isRequired } : {}),
  }));

/** The options of `graphAsset`. Dagster: the parameters of `@graph_asset`. */
export interface GraphAssetOptions
  extends NameFields,
    SpecFields,
    Pick<BodyOptions, 'ins' | 'checkSpecs' | 'hooks'> {}

/** The options of `graphMultiAsset`. Dagster: the parameters of `@graph_multi_asset`. */
export interface GraphMultiAssetOptions extends Pick<BodyOptions, 'ins' | 'checkSpecs' | 'hooks'> {
  /** By default the function's name. */
  name?: string;
  /** Output name to asset. */
  outs: Readonly<Record<string, AssetOut>>;
  groupName?: string;
  /** Can a run make some of the assets, with the ops that they need, without the others? */
  canSubset?: boolean;
}

const knownToGraphs: ReadonlySet<string> = new Set<keyof GraphAssetOptions>([
  'name',
  'key',
  'keyPrefix',
  'description',
  'metadata',
  'tags',
  'owners',
  'kinds',
  'groupName',
  'codeVersion',
  'ins',
  'checkSpecs',
  'hooks',
]);

const knownToMultiGraphs: ReadonlySet<string> = new Set<keyof GraphMultiAssetOptions>([
  'name',
  'outs',
  'groupName',
  'canSubset',
  'ins',
  'checkSpecs',
  'hooks',
]);

/**
 * Defines an asset by ops wired together: `graphAsset(function report({ orders }) { return total(clean(orders)); })`.
 * `compose` may only call ops and wire their results. Dagster: `@graph_asset`.
 */
export function graphAsset<I = never>(composing: (inputs: I) => unknown): AssetsDefinition;
export function graphAsset<I = never>(
  options: GraphAssetOptions,
  composing: (inputs: I) => unknown,
): AssetsDefinition;
export function graphAsset(first: unknown, second?: unknown): AssetsDefinition {
  const { options, body } = optionsAndBody<GraphAssetOptions>('graphAsset', first, second);
  refuseUnknown('graphAsset', options, knownToGraphs);
  const key = namedKey(options, body.name);
  const spec = new AssetSpec({ ...specFields(options), key });
  return define(key, keyToStepKey(key), [{ name: 'result', spec, isRequired: true }], body, options, false);
}

/** Defines several assets by ops wired together; `compose` returns an object keyed by output. Dagster: `@graph_multi_asset`. */
export function graphMultiAsset<I = never>(
  options: GraphMultiAssetOptions,
  composing: (inputs: I) => unknown,
): AssetsDefinition {
  const { options: given, body } = optionsAndBody<GraphMultiAssetOptions>(
    'graphMultiAsset',
    options,
    composing,
  );
  refuseUnknown('graphMultiAsset', given, knownToMultiGraphs);
  const name = stepName('graphMultiAsset', given.name ?? body.name);
  return define(name, name, outputsOfOuts('graphMultiAsset', given), body, given, given.canSubset ?? false);
}

function define(
  label: string,
  name: string,
  outputs: readonly DefinedOutput[],
  body: AnyBody,
  options: Pick<BodyOptions, 'ins' | 'checkSpecs' | 'hooks'>,
  canSubset: boolean,
): AssetsDefinition {
  const composed = compose(
    label,
    body,
    outputs.map((output) => output.name),
    (options.checkSpecs ?? []).map((check) => check.name),
  );
  const { ops, results, bodies } = composed;
  const ins: Record<string, AssetIn> = { ...options.ins };
  // An input that no op reads is still waited for.
  for (const input of inputsOf(textOfBody(body), label)) ins[input.name] ??= new AssetIn();
  return createDefinition(
    {
      kind: 'graph',
      name,
      outputs,
      graph: { ops, results },
      ins,
      bodies,
      canSubset,
      options: {
        ...(options.checkSpecs === undefined ? {} : { checkSpecs: options.checkSpecs }),
        ...(options.hooks === undefined ? {} : { hooks: options.hooks }),
      },
    },
    () => {
      throw new TypeError(`“${label}” is a graph of ops: call its ops in a unit test, or materialize it.`);
    },
  );
}
