// The ops of a graph asset in commands: adding, wiring, renaming and deleting them. Bodies follow the wires.

import { err, ok, type Result } from '#base/result.ts';
import { type GraphDiff, sameRecord } from '../diff.ts';
import type { GraphUnit, OpArgument, OpNode, OpResult, ProjectDocument } from '../document.ts';
import type { UnitId } from '../ids.ts';
import { argumentResults, opOrder, opOuts, resultName } from '../op-graph.ts';
import { bodyUnderName } from './body-name.ts';
import type { CommandError } from './command.ts';
import type { OpChange, OpCommand, OpTarget } from './op-command.ts';
import {
  type OpSource,
  opProblem,
  opsBefore,
  sameResult,
  withArgument,
  withoutArguments,
  withResults,
} from './op-edits.ts';
import { definitionNameProblem, withOp } from './unit-commands.ts';

type Edited = Result<GraphUnit, CommandError>;

export function applyOpCommand(
  document: ProjectDocument,
  command: OpCommand,
): Result<GraphDiff, CommandError> {
  const before = graphUnit(document, command.unit);
  if (!before) return err({ type: 'UnitNotFound', id: command.unit });
  const after = edited(before, command);
  if (!after.ok) return after;
  return ok({
    changes: sameRecord(before, after.value)
      ? []
      : [{ table: 'units', id: before.id, before, after: after.value }],
  });
}

export function opCommandLabel(command: OpCommand): string {
  switch (command.type) {
    case 'AddOp':
      return `Add ${command.op.name}`;
    case 'RenameOp':
      return `Rename to ${command.name}`;
    case 'DeleteOps':
      return command.ops.length === 1 ? `Delete ${command.ops[0]}` : `Delete ${command.ops.length} ops`;
    case 'MoveOps':
      return command.ops.length === 1 ? `Move ${command.ops[0]![0]}` : `Move ${command.ops.length} ops`;
    case 'ConnectOps':
      return 'Connect';
    case 'DisconnectOps':
      return 'Disconnect';
    case 'CollectResult':
      return command.collect ? 'Take all values at once' : 'Run once per value';
    case 'UpdateOp':
      return `Change ${Object.keys(command.change).join(', ')}`;
  }
}

export function graphUnit(document: ProjectDocument, id: UnitId): GraphUnit | undefined {
  const unit = document.units.get(id);
  return unit?.kind === 'graph' ? unit : undefined;
}

function edited(unit: GraphUnit, command: OpCommand): Edited {
  switch (command.type) {
    case 'AddOp': {
      const problem = nameProblem(unit, command.op.name);
      return problem ? err(problem) : ok({ ...unit, ops: [...unit.ops, command.op] });
    }
    case 'RenameOp':
      return renameOp(unit, command.op, command.name);
    case 'DeleteOps':
      return ok(withoutOps(unit, new Set(command.ops)));
    case 'MoveOps': {
      const places = new Map(command.ops);
      const ops = unit.ops.map((op) => ({ ...op, position: places.get(op.name) ?? op.position }));
      return ok({ ...unit, ops });
    }
    case 'ConnectOps':
      return connect(unit, command.from, command.to);
    case 'DisconnectOps':
      return disconnect(unit, command.from, command.to);
    case 'CollectResult':
      return onOp(unit, command.op, (op) => ok(collecting(op, command.from, command.collect)));
    case 'UpdateOp':
      return onOp(unit, command.op, (op) => ok(changedOp(op, command.change)), command.change.outs);
  }
}

function nameProblem(unit: GraphUnit, name: string): CommandError | undefined {
  const reason = definitionNameProblem(name);
  if (reason !== undefined) return { type: 'NameInvalid', reason };
  return unit.ops.some((op) => op.name === name) ? { type: 'OpNameTaken', op: name } : undefined;
}

function onOp(
  unit: GraphUnit,
  name: string,
  change: (op: OpNode) => Result<OpNode, CommandError>,
  outs?: OpChange['outs'],
): Edited {
  const op = unit.ops.find((each) => each.name === name);
  if (!op) return err({ type: 'OpNotFound', op: name });
  const after = change(op);
  if (!after.ok) return after;
  const next = withOp(unit, name, after.value);
  return ok(outs === undefined ? next : withNewOuts(next, op, after.value));
}

function renameOp(unit: GraphUnit, from: string, to: string): Edited {
  if (from === to) return ok(unit);
  const problem = nameProblem(unit, to);
  if (problem) return err(problem);
  if (!unit.ops.some((op) => op.name === from)) return err({ type: 'OpNotFound', op: from });
  const renamed: GraphUnit = {
    ...unit,
    ops: unit.ops.map((op) =>
      op.name === from ? { ...op, name: to, body: bodyUnderName(op.body, from, to) } : op,
    ),
  };
  return ok(rewired(renamed, (result) => (result.op === from ? { ...result, op: to } : result)));
}

/** Everything that reads a result, led through `rewrite`. */
function rewired(unit: GraphUnit, rewrite: (from: OpResult) => OpResult): GraphUnit {
  const results = Object.entries(unit.results).map(([output, from]) => [output, rewrite(from)]);
  return {
    ...unit,
    ops: unit.ops.map((op) => withResults(op, rewrite)),
    results: Object.fromEntries(results),
  };
}

/** Without these ops. Their readers read what they read, where that is one value, else they lose the argument. */
function withoutOps(unit: GraphUnit, gone: ReadonlySet<string>): GraphUnit {
  const byName = new Map(unit.ops.map((op) => [op.name, op]));
  const behind = (name: string, seen: ReadonlySet<string> = new Set()): OpArgument | undefined => {
    const op = byName.get(name);
    const only = op?.args.length === 1 ? op.args[0] : undefined;
    if (!only || 'list' in only || seen.has(name)) return undefined;
    return 'op' in only && gone.has(only.op) ? behind(only.op, new Set([...seen, name])) : only;
  };
  const ops = unit.ops
    .filter((op) => !gone.has(op.name))
    .map((op) => {
      const args = op.args.map((arg): OpArgument => {
        const source = 'op' in arg && gone.has(arg.op) ? behind(arg.op) : undefined;
        if (!source || !('op' in arg)) return arg;
        return 'op' in source && arg.collect ? { ...source, collect: true } : source;
      });
      const healed = sameRecord(args, op.args) ? op : { ...op, args };
      return withoutArguments(healed, (from) => 'op' in from && gone.has(from.op));
    });
  const results = Object.entries(unit.results).flatMap(([output, from]) => {
    if (!gone.has(from.op)) return [[output, from] as const];
    const source = behind(from.op);
    return source && 'op' in source && !source.collect ? [[output, plainResult(source)] as const] : [];
  });
  return { ...unit, ops, results: Object.fromEntries(results) };
}

const plainResult = ({ op, output }: OpResult): OpResult =>
  output === undefined || output === 'result' ? { op } : { op, output };

/** Why an edge cannot be drawn, or undefined. Used while dragging, and again by the command. */
export function opConnectionProblem(unit: GraphUnit, from: OpSource, to: OpTarget): CommandError | undefined {
  const refuse = (reason: string): CommandError => ({
    type: 'OpCannotConnect',
    to: 'op' in to ? to.op : to.output,
    reason,
  });
  if ('op' in from) {
    const op = unit.ops.find(({ name }) => name === from.op);
    if (!op) return { type: 'OpNotFound', op: from.op };
    if (!opOuts(op).some(({ name }) => name === resultName(from)))
      return refuse(`“${from.op}” does not give “${resultName(from)}”`);
  }
  if ('output' in to) {
    if ('input' in from) return refuse('an asset is made by an op: let one read this input first');
    const before = unit.results[to.output];
    if (before && sameResult(before, from)) return refuse('it is made by this op already');
    const order = opOrder({ ...unit, results: { [to.output]: from } });
    return !order.ok && order.error.op === from.op ? refuse(order.error.message) : undefined;
  }
  const target = unit.ops.find(({ name }) => name === to.op);
  if (!target) return { type: 'OpNotFound', op: to.op };
  if (reads(target, from)) return refuse('it takes this value already');
  if ('op' in from && (from.op === to.op || opsBefore(unit, from.op).has(to.op)))
    return refuse(`“${from.op}” reads from it, so each would wait for the other`);
  const reason = opProblem(target);
  return reason === undefined ? undefined : refuse(reason);
}

const reads = (op: OpNode, from: OpSource): boolean =>
  op.args.some((arg) =>
    'input' in from
      ? 'input' in arg && arg.input === from.input
      : argumentResults(arg).some((result) => sameResult(result, from)),
  );

function connect(unit: GraphUnit, from: OpSource, to: OpTarget): Edited {
  const problem = opConnectionProblem(unit, from, to);
  if (problem) return err(problem);
  if ('output' in to) {
    if (!('op' in from)) return ok(unit);
    return ok({ ...unit, results: { ...unit.results, [to.output]: plainResult(from) } });
  }
  const target = unit.ops.find(({ name }) => name === to.op)!;
  const taking = (arg: OpArgument): GraphUnit | undefined => {
    const op = withArgument(target, arg);
    return op && withOp(unit, op.name, op);
  };
  const plain = taking('op' in from ? plainResult(from) : from);
  if (!plain) return err({ type: 'OpCannotConnect', to: to.op, reason: 'its parameters cannot be read' });
  // An op runs over one dynamic result; of a second one it takes all values at once.
  if ('op' in from && !opOrder(plain).ok && opOrder(unit).ok) {
    const collected = taking({ ...plainResult(from), collect: true });
    if (collected && opOrder(collected).ok) return ok(collected);
  }
  return ok(plain);
}

function disconnect(unit: GraphUnit, from: OpSource, to: OpTarget): Edited {
  if ('output' in to) {
    const result = unit.results[to.output];
    if (!result || !('op' in from) || !sameResult(result, from)) return ok(unit);
    const { [to.output]: _, ...results } = unit.results;
    return ok({ ...unit, results });
  }
  return onOp(unit, to.op, (op) => ok(withoutArguments(op, (each) => sameSource(each, from))));
}

const sameSource = (a: OpSource, b: OpSource): boolean =>
  'input' in a ? 'input' in b && a.input === b.input : 'op' in b && sameResult(a, b);

function collecting(op: OpNode, from: OpResult, collect: boolean): OpNode {
  const args = op.args.map((arg): OpArgument => {
    if (!('op' in arg) || !sameResult(arg, from)) return arg;
    return { ...plainResult(arg), ...(collect ? { collect: true } : {}) };
  });
  return { ...op, args };
}

function changedOp(op: OpNode, change: OpChange): OpNode {
  const fields: Record<string, unknown> = { ...op };
  for (const [field, value] of Object.entries(change)) {
    if (value === null) delete fields[field];
    else if (value !== undefined) fields[field] = value;
  }
  return fields as unknown as OpNode;
}

// Renamed results keep their readers; those that are gone lose them.
function withNewOuts(unit: GraphUnit, before: OpNode, after: OpNode): GraphUnit {
  const old = opOuts(before).map(({ name }) => name);
  const names = opOuts(after).map(({ name }) => name);
  const to = new Map(old.map((name, i) => [name, names.length === old.length ? names[i]! : name]));
  const moved = rewired(unit, (result) => {
    const name = result.op === after.name ? to.get(resultName(result)) : undefined;
    return name === undefined || name === resultName(result)
      ? result
      : plainResult({ op: result.op, output: name });
  });
  const isGone = (from: OpSource) =>
    'op' in from && from.op === after.name && !names.includes(resultName(from));
  return {
    ...moved,
    ops: moved.ops.map((op) => withoutArguments(op, isGone)),
    results: Object.fromEntries(Object.entries(moved.results).filter(([, from]) => !isGone(from))),
  };
}
