// From a graph of ops to what its canvas draws: ops, the inputs before them, the assets they become, and wires. What
// comes in and goes out has no place of its own; it stands in columns beside the ops.

import { type Edge as FlowEdge, type Node as FlowNode, Position } from '@xyflow/react';
import type { OpTarget } from '#model/commands/op-command.ts';
import type { OpSource } from '#model/commands/op-edits.ts';
import type { GraphUnit, OpNode, OpResult, OutputAsset, Point } from '#model/document.ts';
import { unitInputs } from '#model/graph.ts';
import { argumentResults, opOrder, opOuts, resultName } from '#model/op-graph.ts';

export const opWidth = 224;
export const opHeight = 64;
export const outRowHeight = 24;
const endWidth = 200;
const endHeight = 40;
const endGap = 16;
/** Between the ops and the columns beside them: room for wires. */
const columnGap = 72;

/** `op …`, `in …` or `out …`, with the name of the op, the input or the output. */
export type PlaceId = string;
export const opPlace = (name: string): PlaceId => `op ${name}`;
export const inputPlace = (name: string): PlaceId => `in ${name}`;
export const outputPlace = (name: string): PlaceId => `out ${name}`;

/** The op that a node stands for. */
export const opOfPlace = (id: PlaceId): string | undefined =>
  id.startsWith('op ') ? id.slice(3) : undefined;
export const inputOfPlace = (id: PlaceId): string | undefined =>
  id.startsWith('in ') ? id.slice(3) : undefined;
export const outputOfPlace = (id: PlaceId): string | undefined =>
  id.startsWith('out ') ? id.slice(4) : undefined;

export type OpFlowNode = FlowNode<Record<string, never>, 'op'>;
export type EndFlowNode = FlowNode<Record<string, never>, 'graph-input' | 'graph-output'>;
export type GraphFlowNode = OpFlowNode | EndFlowNode;

/** How often an op runs for what a wire brings: for each value of a dynamic result, or once for all. */
export type WireMode = 'once' | 'each' | 'all';

export interface Wire {
  readonly from: OpSource;
  readonly to: OpTarget;
  readonly mode: WireMode;
}
export type WireFlowEdge = FlowEdge<{ readonly wire: Wire }, 'wire'>;

const sourcePlace = (from: OpSource): PlaceId =>
  'input' in from ? inputPlace(from.input) : opPlace(from.op);
const targetPlace = (to: OpTarget): PlaceId => ('op' in to ? opPlace(to.op) : outputPlace(to.output));

export const wireId = ({ from, to }: Pick<Wire, 'from' | 'to'>): string =>
  `${sourcePlace(from)} ${'op' in from ? resultName(from) : ''} > ${targetPlace(to)}`;

/** What a wire that is drawn from a node and its handle would begin at. */
export function sourceOf(id: PlaceId, handle: string | null | undefined): OpSource | undefined {
  const op = opOfPlace(id);
  if (op !== undefined) return handle && handle !== 'result' ? { op, output: handle } : { op };
  const input = inputOfPlace(id);
  return input === undefined ? undefined : { input };
}

export function targetOf(id: PlaceId): OpTarget | undefined {
  const op = opOfPlace(id);
  if (op !== undefined) return { op };
  const output = outputOfPlace(id);
  return output === undefined ? undefined : { output };
}

/** Every wire of a graph, once. */
export function wiresOf(unit: GraphUnit, outputs: readonly OutputAsset[]): readonly Wire[] {
  const order = opOrder(unit);
  const mapped = order.ok ? order.value.mappedOver : new Map<string, OpResult>();
  const isMany = (from: OpResult) =>
    mapped.has(from.op) ||
    unit.ops.some(
      (op) => op.name === from.op && opOuts(op).some((out) => out.name === resultName(from) && out.isDynamic),
    );
  const wires = new Map<string, Wire>();
  const add = (wire: Wire) => {
    if (!wires.has(wireId(wire))) wires.set(wireId(wire), wire);
  };
  for (const op of unit.ops)
    for (const arg of op.args) {
      const to = { op: op.name };
      if ('input' in arg) add({ from: arg, to, mode: 'once' });
      else
        for (const { op: from, output } of argumentResults(arg)) {
          const result = output === undefined ? { op: from } : { op: from, output };
          const mode = 'op' in arg && arg.collect ? 'all' : isMany(result) ? 'each' : 'once';
          add({ from: result, to, mode });
        }
    }
  for (const { output } of outputs) {
    const from = unit.results[output];
    if (from) add({ from, to: { output }, mode: isMany(from) ? 'each' : 'once' });
  }
  return [...wires.values()];
}

export const heightOfOp = (op: OpNode): number => {
  const outs = opOuts(op).length;
  return outs > 1 ? opHeight + outs * outRowHeight + 4 : opHeight;
};

/** Where everything stands; `moving` is where ops are while they are being moved. */
export function placesOf(
  unit: GraphUnit,
  outputs: readonly OutputAsset[],
  moving: ReadonlyMap<string, Point>,
): ReadonlyMap<PlaceId, Point> {
  const places = new Map<PlaceId, Point>();
  for (const op of unit.ops) places.set(opPlace(op.name), moving.get(op.name) ?? op.position);
  // The columns keep still while an op is dragged.
  const xs = unit.ops.map((op) => op.position.x);
  const first = xs.length > 0 ? Math.min(...xs) : 0;
  const last = xs.length > 0 ? Math.max(...xs) : first;
  const middles = new Map(
    unit.ops.map((op) => [op.name, op.position.y + Math.min(heightOfOp(op), opHeight) / 2] as const),
  );
  const mean = (list: readonly number[]) =>
    list.length === 0 ? undefined : list.reduce((sum, y) => sum + y, 0) / list.length;
  const inputs = unitInputs(unit).map(({ name }) => ({
    id: inputPlace(name),
    wanted: mean(
      unit.ops.flatMap((op) =>
        op.args.some((arg) => 'input' in arg && arg.input === name) ? middles.get(op.name)! : [],
      ),
    ),
  }));
  const ends = outputs.map(({ output }) => ({
    id: outputPlace(output),
    wanted: middles.get(unit.results[output]?.op ?? ''),
  }));
  const fallback = mean([...middles.values()]) ?? endHeight / 2;
  const column = (list: typeof inputs, x: number) => {
    let free = Number.NEGATIVE_INFINITY;
    const sorted = list
      .map(({ id, wanted }) => ({ id, y: Math.round((wanted ?? fallback) - endHeight / 2) }))
      .sort((a, b) => a.y - b.y);
    for (const { id, y } of sorted) {
      const at = Math.max(y, free);
      places.set(id, { x, y: at });
      free = at + endHeight + endGap;
    }
  };
  column(inputs, first - columnGap - endWidth);
  column(ends, last + opWidth + columnGap);
  return places;
}

/** Where a new op goes: behind the last one, or at the middle of an empty graph. */
export function nextOpPlace(unit: GraphUnit, beside: string | undefined): Point {
  const from = unit.ops.find((op) => op.name === beside) ?? unit.ops[unit.ops.length - 1];
  if (!from) return { x: 0, y: 0 };
  return freeOpPlace(unit, { x: from.position.x + opWidth + 64, y: from.position.y });
}

/** The nearest place at or under `wanted` where no op lies. */
export function freeOpPlace(unit: GraphUnit, wanted: Point): Point {
  const at = { x: Math.round(wanted.x / 8) * 8, y: Math.round(wanted.y / 8) * 8 };
  const isTaken = (y: number) =>
    unit.ops.some(
      (op) =>
        Math.abs(op.position.x - at.x) < opWidth + 16 &&
        y < op.position.y + heightOfOp(op) + 16 &&
        op.position.y < y + opHeight + 16,
    );
  let { y } = at;
  while (isTaken(y)) y += 8;
  return { x: at.x, y };
}

export interface GraphElements {
  readonly nodes: GraphFlowNode[];
  readonly edges: WireFlowEdge[];
}

const noData = {};
const handle = (type: 'source' | 'target', x: number, y: number, id: string | null = null) => ({
  type,
  position: type === 'source' ? Position.Right : Position.Left,
  id,
  x,
  y,
  width: 0,
  height: 0,
});

export function graphElements(
  unit: GraphUnit,
  outputs: readonly OutputAsset[],
  moving: ReadonlyMap<string, Point>,
  selected: ReadonlySet<PlaceId>,
  selectedWire: string | undefined,
): GraphElements {
  const places = placesOf(unit, outputs, moving);
  const node = <T extends GraphFlowNode['type']>(
    id: PlaceId,
    type: T,
    size: { readonly width: number; readonly height: number },
    ariaLabel: string,
    handles: ReturnType<typeof handle>[],
  ) => ({
    id,
    type,
    position: places.get(id)!,
    data: noData,
    selected: selected.has(id),
    ariaLabel,
    ...size,
    measured: size,
    handles,
  });
  const end = { width: endWidth, height: endHeight };
  const order = opOrder(unit);
  // Upstream first: the order in which Tab walks over the nodes.
  const ops = order.ok ? order.value.order : unit.ops;
  const nodes = [
    ...unitInputs(unit).map(({ name }) =>
      node(inputPlace(name), 'graph-input' as const, end, `Input ${name}`, [
        handle('source', endWidth, endHeight / 2),
      ]),
    ),
    ...ops.map((op) =>
      node(opPlace(op.name), 'op' as const, { width: opWidth, height: heightOfOp(op) }, `Op ${op.name}`, [
        handle('target', 0, opHeight / 2),
        ...opOuts(op).map((out, i, all) =>
          handle('source', opWidth, all.length > 1 ? outRowMiddle(i) : opHeight / 2, out.name),
        ),
      ]),
    ),
    ...outputs.map(({ output, key }) =>
      node(outputPlace(output), 'graph-output' as const, end, `Asset ${key}`, [
        handle('target', 0, endHeight / 2),
      ]),
    ),
  ] as GraphFlowNode[];
  const known = new Set(nodes.map(({ id }) => id));
  const edges = wiresOf(unit, outputs).flatMap((wire): WireFlowEdge[] => {
    const [source, target] = [sourcePlace(wire.from), targetPlace(wire.to)];
    if (!known.has(source) || !known.has(target)) return [];
    const id = wireId(wire);
    return [
      {
        id,
        type: 'wire',
        source,
        target,
        sourceHandle: 'op' in wire.from ? resultName(wire.from) : null,
        data: { wire },
        selected: id === selectedWire,
      },
    ];
  });
  return { nodes, edges };
}

export const outRowMiddle = (i: number): number => opHeight + i * outRowHeight + outRowHeight / 2 - 4;
