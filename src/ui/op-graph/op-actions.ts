// The gestures on a canvas of ops as commands: one gesture, one command. What a command refuses is told in words.

import type { Command } from '#model/commands/command.ts';
import type { OpTarget } from '#model/commands/op-command.ts';
import { graphUnit } from '#model/commands/op-commands.ts';
import type { OpSource } from '#model/commands/op-edits.ts';
import { withoutInput } from '#model/commands/readers.ts';
import type { GraphUnit, OpNode, OpResult, Point } from '#model/document.ts';
import { type AssetId, asAssetId, type UnitId } from '#model/ids.ts';
import { freeKey } from '#ui/canvas/new-assets.ts';
import { newOutput, opBody } from '#ui/canvas/new-units.ts';
import { rowsOf } from '#ui/canvas/node-places.ts';
import { noticeError } from '#ui/kit/notices.ts';
import type { Services } from '#ui/kit/services.tsx';
import {
  freeOpPlace,
  graphElements,
  inputOfPlace,
  nextOpPlace,
  opHeight,
  opOfPlace,
  opPlace,
  opWidth,
  outputOfPlace,
  outputPlace,
  type Wire,
  wireId,
  wiresOf,
} from './op-elements.ts';
import { type OpView, select, selectedOps } from './op-view.ts';

export interface OpActions {
  /** Adds an op around `centre`, or behind the one selected, and starts its naming. */
  add(centre?: Point): void;
  /** Adds an op around `centre` that takes a value, or gives one. */
  addConnected(centre: Point, ends: { readonly from: OpSource } | { readonly to: OpTarget }): void;
  connect(from: OpSource, to: OpTarget): boolean;
  disconnect(wire: Pick<Wire, 'from' | 'to'>): void;
  collect(op: string, from: OpResult, collect: boolean): void;
  /** An asset as an input of the graph. */
  addInput(from: AssetId): void;
  /** One more asset that the graph makes. */
  addOutput(): void;
  rename(op: string, name: string): boolean;
  /** What is selected: ops, inputs, or the wire. */
  removeSelected(): boolean;
  commitMoves(): void;
  layOut(): Promise<void>;
}

export function createOpActions(services: Services, unitId: UnitId, view: OpView): OpActions {
  const { documents, layout, newId } = services;
  const document = () => documents.store.getState().document;
  const unit = (): GraphUnit | undefined => graphUnit(document(), unitId);
  const run = (command: Command): boolean => {
    const error = documents.run(command);
    if (error) noticeError(error);
    return error === undefined;
  };
  const showNew = (op: string) => {
    select(view, [opPlace(op)]);
    view.setState({ renaming: op, tab: 'body' });
  };
  const newOp = (of: GraphUnit, position: Point): OpNode => {
    const name = freeKey(new Set(of.ops.map((op) => op.name)), 'op');
    return { name, position, args: [], body: opBody(name) };
  };
  const cornerAt = (of: GraphUnit, { x, y }: Point) =>
    freeOpPlace(of, { x: x - opWidth / 2, y: y - opHeight / 2 });

  const disconnect: OpActions['disconnect'] = ({ from, to }) => {
    view.setState({ selectedWire: undefined });
    run({ type: 'DisconnectOps', unit: unitId, from, to });
  };

  return {
    add(centre) {
      const of = unit();
      if (!of) return;
      const [beside] = selectedOps(view.getState());
      const op = newOp(of, centre ? cornerAt(of, centre) : nextOpPlace(of, beside));
      if (run({ type: 'AddOp', unit: unitId, op })) showNew(op.name);
    },
    addConnected(centre, ends) {
      const of = unit();
      if (!of) return;
      const op = newOp(of, cornerAt(of, centre));
      const wire =
        'from' in ends ? { from: ends.from, to: { op: op.name } } : { from: { op: op.name }, to: ends.to };
      const commands: readonly Command[] = [
        { type: 'AddOp', unit: unitId, op },
        { type: 'ConnectOps', unit: unitId, ...wire },
      ];
      if (run({ type: 'Compose', label: `Add ${op.name}`, commands })) showNew(op.name);
    },
    connect: (from, to) => run({ type: 'ConnectOps', unit: unitId, from, to }),
    disconnect,
    collect(op, from, collect) {
      run({ type: 'CollectResult', unit: unitId, op, from, collect });
    },
    addInput(from) {
      const [output] = rowsOf(document(), unitId);
      if (output) run({ type: 'ConnectAssets', from, to: output.id, kind: 'value' });
    },
    addOutput() {
      const of = unit();
      if (!of) return;
      const output = newOutput(document(), of, asAssetId(newId()), `${of.name}_part`);
      if (run({ type: 'AddAssets', assets: [output] })) select(view, [outputPlace(output.output)]);
    },
    rename(op, name) {
      if (!run({ type: 'RenameOp', unit: unitId, op, name })) return false;
      select(view, [opPlace(name)]);
      return true;
    },
    removeSelected() {
      const of = unit();
      const state = view.getState();
      if (!of) return false;
      const rows = rowsOf(document(), unitId);
      const wire = wiresOf(of, rows).find((each) => wireId(each) === state.selectedWire);
      if (state.selected.size === 0 && wire) {
        disconnect(wire);
        return true;
      }
      const ops = selectedOps(state);
      const inputs = [...state.selected].flatMap((id) => inputOfPlace(id) ?? []);
      const commands: Command[] = ops.length > 0 ? [{ type: 'DeleteOps', unit: unitId, ops }] : [];
      const { graph } = documents.store.getState();
      const output = rows[0];
      for (const input of inputs) {
        const edge = graph.upstream.get(output?.id as AssetId)?.find((each) => each.input === input);
        if (edge) commands.push({ type: 'DisconnectAssets', from: edge.from, to: edge.to });
        else {
          // No asset has its key any more.
          const { ops: without, ins = null } = withoutInput(of, input) as GraphUnit;
          const change = { ops: without, ins };
          commands.push({ type: 'UpdateUnit', id: unitId, change, label: `Remove ${input}` });
        }
      }
      const outputs = [...state.selected].flatMap((id) => outputOfPlace(id) ?? []);
      const gone = rows.filter((row) => outputs.includes(row.output)).map(({ id }) => id);
      // Without its last asset the graph would go, too: that is done where the assets are.
      if (gone.length > 0 && gone.length < rows.length) commands.push({ type: 'DeleteItems', assets: gone });
      const [only] = commands;
      if (!only) return outputs.length > 0;
      const label = `Delete ${commands.length === 1 && ops.length === 1 ? ops[0] : 'from the graph'}`;
      if (run(commands.length === 1 ? only : { type: 'Compose', label, commands })) select(view, []);
      return true;
    },
    commitMoves() {
      const { moving } = view.getState();
      if (moving.size === 0) return;
      const ops = [...moving].map(
        ([name, { x, y }]) => [name, { x: Math.round(x), y: Math.round(y) }] as const,
      );
      run({ type: 'MoveOps', unit: unitId, ops });
      view.setState({ moving: new Map() });
    },
    async layOut() {
      const of = unit();
      if (!of || of.ops.length === 0) return;
      const { nodes, edges } = graphElements(of, [], new Map(), new Set(), undefined);
      const ops = nodes.filter(({ type }) => type === 'op');
      const known = new Set(ops.map(({ id }) => id));
      const places = await layout.layout(new AbortController().signal, {
        nodes: ops.map(({ id, width = opWidth, height = opHeight }) => ({ id, width, height })),
        edges: edges.flatMap(({ source, target }) =>
          known.has(source) && known.has(target) ? [[source, target] as const] : [],
        ),
      });
      run({
        type: 'MoveOps',
        unit: unitId,
        ops: places.map(({ id, x, y }) => [opOfPlace(id)!, { x, y }] as const),
      });
    },
  };
}
