// What an edge in a graph of ops does to the op it leads to: an op takes its values by position, so an argument and
// a parameter of the body come and go together.

import { isPlainName, keyName } from '../asset-key.ts';
import { applySplice } from '../body-edit.ts';
import { type BodyParameter, readBodyParameters } from '../body-head.ts';
import { sameRecord } from '../diff.ts';
import type { GraphUnit, OpArgument, OpNode, OpResult } from '../document.ts';
import { argumentResults, resultName } from '../op-graph.ts';

/** Where an edge of a graph begins: an input of the graph, or what an op gives. */
export type OpSource = { readonly input: string } | OpResult;

/** Why an op cannot take one more value, or undefined. */
export function opProblem(op: OpNode): string | undefined {
  const parameters = readBodyParameters(op.body);
  return parameters.ok ? undefined : parameters.error.message;
}

/** What the body calls its arguments; the name of the source where it has no parameter for one. */
export function argumentNames(op: OpNode): readonly string[] {
  const parameters = readBodyParameters(op.body);
  return op.args.map(
    (arg, i) => (parameters.ok ? parameters.value.list[i]?.name : undefined) ?? sourceName(arg),
  );
}

/** The op taking one more value, last; undefined when its parameters cannot be read. */
export function withArgument(op: OpNode, arg: OpArgument): OpNode | undefined {
  const parameters = readBodyParameters(op.body);
  if (!parameters.ok) return undefined;
  const { list, start } = parameters.value;
  const taken = new Set(list.flatMap(({ name }) => name ?? []));
  const place = Math.min(op.args.length, list.length);
  // A body that leaves its last arguments unnamed gets names for them: the new one has its place behind them.
  const names: string[] = [];
  for (const each of [...op.args.slice(place), arg]) {
    const name = freeParameter(sourceName(each), taken);
    taken.add(name);
    names.push(name);
  }
  const next = list[place];
  const last = list[place - 1];
  const splice = next
    ? { start: next.start, end: next.start, insert: `${names.join(', ')}, ` }
    : last
      ? { start: last.end, end: last.end, insert: `, ${names.join(', ')}` }
      : { start, end: start, insert: names.join(', ') };
  return { ...op, args: [...op.args, arg], body: applySplice(op.body, splice) };
}

/** The op without its argument number `index`, and without the parameter that took it. */
function withoutArgument(op: OpNode, index: number): OpNode {
  const parameters = readBodyParameters(op.body);
  const list = parameters.ok ? parameters.value.list : [];
  const at = list[index];
  const args = op.args.filter((_, i) => i !== index);
  return { ...op, args, body: at ? withoutParameter(op.body, list, index) : op.body };
}

/** Without all arguments for which `isGone` holds. A list of results loses them one by one. */
export function withoutArguments(op: OpNode, isGone: (from: OpSource) => boolean): OpNode {
  let after = op;
  for (let i = op.args.length - 1; i >= 0; i--) {
    const arg = op.args[i]!;
    if ('list' in arg) {
      const list = arg.list.filter((from) => !isGone(from));
      if (list.length === arg.list.length) continue;
      after =
        list.length === 0 ? withoutArgument(after, i) : { ...after, args: after.args.with(i, { list }) };
    } else if (isGone(arg)) after = withoutArgument(after, i);
  }
  return after;
}

/** The graph whose ops no longer take its input `name`. */
export function withoutGraphInput(unit: GraphUnit, name: string): GraphUnit {
  const ops = unit.ops.map((op) => withoutArguments(op, (from) => 'input' in from && from.input === name));
  return ops.some((op, i) => op !== unit.ops[i]) ? { ...unit, ops } : unit;
}

/** The op with every result that it reads led through `rewrite`. */
export function withResults(op: OpNode, rewrite: (from: OpResult) => OpResult): OpNode {
  const args = op.args.map((arg): OpArgument => {
    if ('input' in arg) return arg;
    if ('list' in arg) return { list: arg.list.map(rewrite) };
    return { ...rewrite(arg), ...(arg.collect ? { collect: arg.collect } : {}) };
  });
  return sameRecord(args, op.args) ? op : { ...op, args };
}

export const sameResult = (a: OpResult, b: OpResult): boolean =>
  a.op === b.op && resultName(a) === resultName(b);

/** The ops that `name` reads from, directly or not. */
export function opsBefore(unit: Pick<GraphUnit, 'ops'>, name: string): ReadonlySet<string> {
  const byName = new Map(unit.ops.map((op) => [op.name, op]));
  const seen = new Set<string>();
  const queue = [name];
  for (let each = queue.pop(); each !== undefined; each = queue.pop())
    for (const arg of byName.get(each)?.args ?? [])
      for (const from of argumentResults(arg))
        if (!seen.has(from.op)) {
          seen.add(from.op);
          queue.push(from.op);
        }
  return seen;
}

function sourceName(arg: OpArgument): string {
  if ('input' in arg) return plain(arg.input);
  const [from] = argumentResults(arg);
  if (!from) return 'values';
  return plain(resultName(from) === 'result' ? from.op : resultName(from));
}

function plain(name: string): string {
  const text = keyName(name).replace(/[^\w$]/g, '_');
  return isPlainName(text) ? text : `_${text}`;
}

function freeParameter(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let i = 2; ; i++) if (!taken.has(`${name}_${i}`)) return `${name}_${i}`;
}

function withoutParameter(body: string, list: readonly BodyParameter[], index: number): string {
  const at = list[index]!;
  const next = list[index + 1];
  const previous = list[index - 1];
  const [start, end] = next ? [at.start, next.start] : previous ? [previous.end, at.end] : [at.start, at.end];
  return applySplice(body, { start, end, insert: '' });
}
