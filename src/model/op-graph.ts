// The graph of ops inside a graph asset: in what order they run, and which run once per value of a dynamic result.

import { err, ok, type Result } from '#base/result.ts';
import type { GraphUnit, OpArgument, OpNode, OpResult } from './document.ts';

export interface OpProblem {
  readonly op?: string;
  readonly message: string;
}

export interface OrderedOps {
  /** Each comes after all it reads from. */
  readonly order: readonly OpNode[];
  /** Ops that run once per value, with the dynamic result they run over. */
  readonly mappedOver: ReadonlyMap<string, OpResult>;
}

/** The results that an argument reads. */
export function argumentResults(arg: OpArgument): readonly OpResult[] {
  if ('input' in arg) return [];
  return 'list' in arg ? arg.list : [arg];
}

/** The op that a step is of: its key is `graph.op`, or `graph.op[key]` for one value of a dynamic result. */
export function readOpStepKey(
  stepKey: string | undefined,
): { readonly graph: string; readonly op: string } | undefined {
  const match = /^([^.[]+)\.([^.[]+)(?:\[.*\])?$/s.exec(stepKey ?? '');
  return match ? { graph: match[1]!, op: match[2]! } : undefined;
}

export const resultName = ({ output }: OpResult): string => output ?? 'result';

const defaultOuts = [{ name: 'result' }] as const;
export const opOuts = (op: OpNode): NonNullable<OpNode['outs']> => op.outs ?? defaultOuts;

/** Checks the wiring and orders the ops. */
export function opOrder(unit: Pick<GraphUnit, 'ops' | 'results'>): Result<OrderedOps, OpProblem> {
  const byName = new Map(unit.ops.map((op) => [op.name, op]));
  if (byName.size < unit.ops.length) return err({ message: 'two ops have one name' });
  const outOf = (result: OpResult) => {
    const op = byName.get(result.op);
    return op && opOuts(op).find((out) => out.name === resultName(result));
  };
  const sources = [
    ...unit.ops.flatMap((op) =>
      op.args.flatMap((arg) => argumentResults(arg).map((from) => ({ op: op.name, from }))),
    ),
    ...Object.values(unit.results).map((from) => ({ op: undefined, from })),
  ];
  for (const { op, from } of sources)
    if (!outOf(from))
      return err({
        ...(op === undefined ? {} : { op }),
        message: `reads “${from.op}.${resultName(from)}”, which no op gives`,
      });

  const order: OpNode[] = [];
  const placed = new Set<string>();
  while (order.length < unit.ops.length) {
    const next = unit.ops.filter(
      (op) =>
        !placed.has(op.name) &&
        op.args.every((arg) => argumentResults(arg).every((from) => placed.has(from.op))),
    );
    if (next.length === 0)
      return err({
        message: `the ops ${unit.ops.flatMap((op) => (placed.has(op.name) ? [] : `“${op.name}”`)).join(', ')} wait for each other`,
      });
    for (const op of next) {
      placed.add(op.name);
      order.push(op);
    }
  }
  return mappings(unit, order, (result) => outOf(result)?.isDynamic === true);
}

function mappings(
  unit: Pick<GraphUnit, 'results'>,
  order: readonly OpNode[],
  isDynamic: (result: OpResult) => boolean,
): Result<OrderedOps, OpProblem> {
  const mappedOver = new Map<string, OpResult>();
  for (const op of order) {
    let over: OpResult | undefined;
    for (const arg of op.args) {
      if ('input' in arg || ('collect' in arg && arg.collect)) continue;
      for (const from of argumentResults(arg)) {
        const own = isDynamic(from) ? { op: from.op, output: resultName(from) } : mappedOver.get(from.op);
        if (!own) continue;
        if (over && (over.op !== own.op || resultName(over) !== resultName(own)))
          return err({
            op: op.name,
            message: 'cannot run over two dynamic results at once; collect one of them',
          });
        over = own;
      }
    }
    if (!over) continue;
    if (opOuts(op).some((out) => out.isDynamic))
      return err({ op: op.name, message: 'runs once per value, so it cannot give a dynamic result itself' });
    mappedOver.set(op.name, over);
  }
  for (const result of Object.values(unit.results))
    if (isDynamic(result) || mappedOver.has(result.op))
      return err({ op: result.op, message: 'gives many values; collect them before they become an asset' });
  return ok({ order, mappedOver });
}
