// `op`, `graphAsset` and `graphMultiAsset`: an asset made by small bodies wired together. `compose` runs once, at
// definition, with placeholders: what it calls and how it wires the results is the graph.

import { keyToStepKey } from '#model/asset-key.ts';
import type { OpArgument, OpNode, OpOut, OpResult } from '#model/document.ts';
import { opOrder } from '#model/op-graph.ts';
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

/** What `op` returns. In `compose` a call wires it into the graph; elsewhere it runs the body. Dagster: OpDefinition. */
export interface OpDefinition<R = unknown> {
  (...args: unknown[]): R & ComposedResult;
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
  const call = (...args: unknown[]): unknown =>
    composition
      ? composition.add(name, record, opOuts, args, options)
      : (body as (...values: unknown[]) => unknown)(...args);
  return Object.assign(call as (...args: unknown[]) => ComposedResult, { opName: name });
}

const outsOf = (outs: NonNullable<OpOptions['outs']>): OpOut[] =>
  Object.entries(outs).map(([name, { isDynamic, isRequired }]) => ({
    name,
    ...(isDynamic ? { isDynamic: true } : {}),
    ...(isRequired === false ? { isRequired } : {}),
  }));

// ------------------------------------------------------------------------------------------- composing

/** Stands for a result while the graph is composed. */
class ResultHandle {
  readonly result: OpResult;
  /** One of the values of a dynamic result, or what is made from one. */
  readonly isPerValue: boolean;

  constructor(result: OpResult, isPerValue: boolean) {
    this.result = result;
    this.isPerValue = isPerValue;
  }

  /** Calls `fn` for the one value of a dynamic result; the ops in it run once per value. */
  map(fn: (value: ResultHandle) => unknown): unknown {
    if (!this.isPerValue) composition?.markDynamic(this.result);
    return fn(new ResultHandle(this.result, true));
  }

  /** All values of a dynamic result, or of ops that run over one, as an array. */
  collect(): CollectHandle {
    if (!this.isPerValue) composition?.markDynamic(this.result);
    return new CollectHandle(this.result);
  }
}

class CollectHandle {
  readonly result: OpResult;
  constructor(result: OpResult) {
    this.result = result;
  }
}

class InputHandle {
  readonly input: string;
  constructor(input: string) {
    this.input = input;
  }
}

interface Composition {
  add(
    name: string,
    body: BodyRecord,
    outs: readonly OpOut[] | undefined,
    args: readonly unknown[],
    options: OpOptions,
  ): unknown;
  /** A result that is mapped over or collected is dynamic, said or not. */
  markDynamic(result: OpResult): void;
}

let composition: Composition | undefined;

interface Composed {
  readonly ops: readonly OpNode[];
  readonly bodies: ReadonlyMap<string, BodyRecord>;
  readonly results: Readonly<Record<string, OpResult>>;
}

function compose(
  label: string,
  body: AnyBody,
  outputNames: readonly string[],
  checkNames: readonly string[],
): Composed {
  const ops: OpNode[] = [];
  const bodies = new Map<string, BodyRecord>();
  const argumentOf = (value: unknown, opName: string): OpArgument => {
    if (value instanceof InputHandle) return { input: value.input };
    if (value instanceof CollectHandle) return { ...value.result, collect: true };
    if (value instanceof ResultHandle) return value.result;
    if (Array.isArray(value) && value.every((item) => item instanceof ResultHandle))
      return { list: value.map((item: ResultHandle) => item.result) };
    throw new TypeError(
      `“${label}”: \`compose\` passes ${value === undefined ? 'nothing' : `a ${typeof value}`} to the op “${opName}”. It may only call ops and pass on inputs and results of ops.`,
    );
  };
  const inputs: Record<string, InputHandle> = {};
  for (const { name } of inputsOf(textOfBody(body), label)) inputs[name] = new InputHandle(name);

  const outer = composition;
  composition = {
    add(baseName, record, outs, args, options) {
      let name = baseName;
      for (let i = 2; bodies.has(name); i++) name = `${baseName}_${i}`;
      bodies.set(name, record);
      const { retryPolicy, timeoutSeconds, description } = options;
      ops.push({
        name,
        position: { x: 0, y: 0 },
        body: record.text,
        args: args.map((value) => argumentOf(value, name)),
        ...(outs === undefined ? {} : { outs }),
        ...(options.requiredResourceKeys === undefined ? {} : { resources: options.requiredResourceKeys }),
        ...(retryPolicy === undefined ? {} : { retryPolicy: { ...retryPolicy } }),
        ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
        ...(description === undefined ? {} : { description }),
      });
      const names = outs?.map((out) => out.name) ?? ['result'];
      const isPerValue = args.some((value) => value instanceof ResultHandle && value.isPerValue);
      const handles = names.map((output) => new ResultHandle({ op: name, output }, isPerValue));
      if (handles.length === 1) return handles[0];
      // By name and by position, as both are written.
      return Object.assign([...handles], Object.fromEntries(names.map((output, i) => [output, handles[i]])));
    },
    markDynamic({ op: opName, output = 'result' }) {
      const index = ops.findIndex((node) => node.name === opName);
      const node = ops[index]!;
      const outs = (node.outs ?? [{ name: 'result' }]).map((out) =>
        out.name === output ? { ...out, isDynamic: true } : out,
      );
      ops[index] = { ...node, outs };
    },
  };
  let returned: unknown;
  try {
    returned = (body as (inputs: unknown) => unknown)(inputs);
  } finally {
    composition = outer;
  }
  const composed = { ops, bodies, results: resultsOf(label, returned, outputNames, checkNames) };
  const order = opOrder(composed);
  if (!order.ok)
    throw new TypeError(
      `“${label}”: ${order.error.op === undefined ? '' : `the op “${order.error.op}” `}${order.error.message}.`,
    );
  refuseLooseEnds(label, composed);
  return composed;
}

function resultsOf(
  label: string,
  returned: unknown,
  outputNames: readonly string[],
  checkNames: readonly string[],
): Record<string, OpResult> {
  const results: Record<string, OpResult> = {};
  const take = (name: string, value: unknown): void => {
    if (!(value instanceof ResultHandle))
      throw new TypeError(
        `“${label}”: \`compose\` returns ${value instanceof InputHandle ? 'an input' : value instanceof CollectHandle ? 'a collection' : 'no result'} for “${name}”; it must be what an op gives.`,
      );
    results[name] = value.result;
  };
  if (outputNames.length === 1 && checkNames.length === 0 && returned instanceof ResultHandle) {
    take(outputNames[0]!, returned);
    return results;
  }
  if (typeof returned !== 'object' || returned === null)
    throw new TypeError(`“${label}”: \`compose\` returns nothing that an op gives.`);
  const named = returned as Readonly<Record<string, unknown>>;
  for (const name of outputNames) take(name, named[name]);
  for (const name of checkNames) {
    take(name, named[name]);
    results[`check:${name}`] = results[name]!;
    delete results[name];
  }
  for (const name of Object.keys(named))
    if (!outputNames.includes(name) && !checkNames.includes(name) && !/^\d+$/.test(name))
      throw new TypeError(`“${label}”: \`compose\` returns “${name}”, which is no output.`);
  return results;
}

// An op whose result nothing reads would run for nothing.
function refuseLooseEnds(label: string, { ops, results }: Composed): void {
  const read = new Set(Object.values(results).map((result) => result.op));
  for (const { args } of ops)
    for (const arg of args)
      if ('list' in arg) for (const result of arg.list) read.add(result.op);
      else if ('op' in arg) read.add(arg.op);
  const loose = ops.filter(({ name }) => !read.has(name));
  if (loose.length > 0)
    throw new TypeError(
      `“${label}”: nothing reads what ${loose.map(({ name }) => `“${name}”`).join(', ')} ${loose.length === 1 ? 'gives' : 'give'}: return it or pass it on.`,
    );
}

// --------------------------------------------------------------------------------------------- defining

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
