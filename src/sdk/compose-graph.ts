// Composing a graph of ops: `compose` runs once, at definition, with placeholders; what it calls and how it wires the
// results is the graph.

import type { OpArgument, OpNode, OpOut, OpResult } from '#model/document.ts';
import { opOrder } from '#model/op-graph.ts';
import type { AnyBody, BodyOptions, BodyRecord } from './assets-definition.ts';
import { inputsOf, textOfBody } from './body-text.ts';

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

/** Takes the calls of ops while a graph is composed. */
export interface Composition {
  add(
    name: string,
    body: BodyRecord,
    outs: readonly OpOut[] | undefined,
    args: readonly unknown[],
    options: Pick<BodyOptions, 'requiredResourceKeys' | 'retryPolicy' | 'timeoutSeconds'> & {
      readonly description?: string;
    },
  ): unknown;
  /** A result that is mapped over or collected is dynamic, said or not. */
  markDynamic(result: OpResult): void;
}

let composition: Composition | undefined;

/** The graph that is being composed; undefined elsewhere. */
export const currentComposition = (): Composition | undefined => composition;

/** What composing has found. */
export interface Composed {
  readonly ops: readonly OpNode[];
  readonly bodies: ReadonlyMap<string, BodyRecord>;
  readonly results: Readonly<Record<string, OpResult>>;
}

/** Runs `body` with placeholders and gives what it has wired. Throws naming `label` where it does anything else. */
export function compose(
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
