// Units (multi-assets and graph assets) in commands: adding, moving and deleting them with what they make, and
// changing what they are.

import { err, ok, type Result } from '#base/result.ts';
import { type GraphDiff, type RecordChange, sameRecord } from '../diff.ts';
import type { Asset, GraphUnit, OpNode, OutputAsset, Point, ProjectDocument, Unit } from '../document.ts';
import type { AssetId, UnitId } from '../ids.ts';
import { applyEdit } from '../text-edit.ts';
import { bodyUnderName } from './body-name.ts';
import type { CommandError } from './command.ts';
import { bodyWithOutputName } from './output-names.ts';
import type { UnitChange, UnitCommand } from './unit-command.ts';

const namePattern = /^[A-Za-z_]\w*$/;

/** Why a unit, an op or an output cannot be called so, or undefined. */
export const definitionNameProblem = (name: string): string | undefined =>
  namePattern.test(name) && name.length <= 200
    ? undefined
    : 'A name has letters, digits and “_”, and does not begin with a digit.';

export function applyUnitCommand(
  document: ProjectDocument,
  command: UnitCommand,
): Result<GraphDiff, CommandError> {
  switch (command.type) {
    case 'UpdateUnit':
      return updateUnit(document, command.id, command.change);
    case 'EditUnitBody':
      return editUnitBody(document, command);
    case 'RenameOutput':
      return renameOutput(document, command.id, command.output);
  }
}

export function unitCommandLabel(command: UnitCommand): string {
  if (command.type === 'EditUnitBody')
    return command.op === undefined ? 'Edit body' : `Edit body of ${command.op}`;
  if (command.type === 'RenameOutput') return `Rename output to ${command.output}`;
  return command.label ?? `Change ${Object.keys(command.change).join(', ')}`;
}

/** The records of new units. */
export function addedUnits(
  document: ProjectDocument,
  units: readonly Unit[],
): Result<readonly RecordChange[], CommandError> {
  const changes: RecordChange[] = [];
  for (const unit of units) {
    if (document.units.has(unit.id)) return err({ type: 'UnitExists', id: unit.id });
    const reason = definitionNameProblem(unit.name);
    if (reason !== undefined) return err({ type: 'NameInvalid', reason });
    changes.push({ table: 'units', id: unit.id, after: unit });
  }
  return ok(changes);
}

/** What becomes of the units whose outputs go: without outputs they go too, else they forget those outputs. */
export function* unitsWithout(
  document: ProjectDocument,
  gone: ReadonlySet<AssetId>,
): Generator<RecordChange> {
  const touched = new Set<UnitId>();
  for (const id of gone) {
    const asset = document.assets.get(id);
    if (asset?.kind === 'output') touched.add(asset.unit);
  }
  if (touched.size === 0) return;
  const left = new Map<UnitId, Set<string>>();
  for (const asset of document.assets.values())
    if (asset.kind === 'output' && touched.has(asset.unit) && !gone.has(asset.id))
      left.set(asset.unit, (left.get(asset.unit) ?? new Set()).add(asset.output));
  for (const id of touched) {
    const before = document.units.get(id);
    if (!before) continue;
    const outputs = left.get(id);
    const after = outputs && withOutputs(before, outputs);
    if (!after) yield { table: 'units', id, before };
    else if (!sameRecord(before, after)) yield { table: 'units', id, before, after };
  }
}

/** The unit making these outputs only. */
export function withOutputs(unit: Unit, outputs: ReadonlySet<string>): Unit {
  const kept = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).filter(([name]) => outputs.has(name)));
  if (unit.kind === 'graph') return { ...unit, results: kept(unit.results) };
  if (!unit.internalDeps) return unit;
  const { internalDeps, ...rest } = unit;
  const deps = kept(internalDeps);
  return Object.keys(deps).length > 0 ? { ...rest, internalDeps: deps } : rest;
}

export function movedUnits(
  document: ProjectDocument,
  moves: readonly (readonly [UnitId, Point])[],
): RecordChange[] {
  return [...new Map(moves)].flatMap(([id, position]): RecordChange[] => {
    const before = document.units.get(id);
    if (!before || sameRecord(before.position, position)) return [];
    return [{ table: 'units', id, before, after: { ...before, position } }];
  });
}

const changed = (before: Unit, after: Unit): Result<GraphDiff, CommandError> =>
  ok({ changes: sameRecord(before, after) ? [] : [{ table: 'units', id: before.id, before, after }] });

function updateUnit(
  document: ProjectDocument,
  id: UnitId,
  change: UnitChange,
): Result<GraphDiff, CommandError> {
  const unit = document.units.get(id);
  if (!unit) return err({ type: 'UnitNotFound', id });
  const reason = change.name === undefined ? undefined : definitionNameProblem(change.name);
  if (reason !== undefined) return err({ type: 'NameInvalid', reason });
  const fields: Record<string, unknown> = { ...unit };
  for (const [field, value] of Object.entries(change)) {
    if (value === null) delete fields[field];
    else if (value !== undefined) fields[field] = value;
  }
  if (change.name !== undefined && unit.kind !== 'graph')
    fields.body = bodyUnderName(unit.body, unit.name, change.name);
  return changed(unit, fields as unknown as Unit);
}

function editUnitBody(
  document: ProjectDocument,
  { id, op: opName, edit }: Extract<UnitCommand, { type: 'EditUnitBody' }>,
): Result<GraphDiff, CommandError> {
  const unit = document.units.get(id);
  if (!unit) return err({ type: 'UnitNotFound', id });
  if (unit.kind !== 'graph') {
    const body = applyEdit(unit.body, edit);
    return body === undefined
      ? err({ type: 'EditDoesNotApply', key: unit.name })
      : changed(unit, { ...unit, body });
  }
  const op = unit.ops.find(({ name }) => name === opName);
  const body = op && applyEdit(op.body, edit);
  if (!op || body === undefined)
    return err({ type: 'EditDoesNotApply', key: `${unit.name}.${opName ?? ''}` });
  return changed(unit, withOp(unit, op.name, { ...op, body }));
}

export const withOp = (unit: GraphUnit, name: string, op: OpNode): GraphUnit => ({
  ...unit,
  ops: unit.ops.map((each) => (each.name === name ? op : each)),
});

function renameOutput(
  document: ProjectDocument,
  id: AssetId,
  output: string,
): Result<GraphDiff, CommandError> {
  const before = document.assets.get(id);
  if (!before) return err({ type: 'AssetNotFound', id });
  if (before.kind !== 'output') return err({ type: 'NotAnOutput', key: before.key });
  const reason = definitionNameProblem(output);
  if (reason !== undefined) return err({ type: 'NameInvalid', reason });
  if (output === before.output) return ok({ changes: [] });
  for (const other of document.assets.values())
    if (other.kind === 'output' && other.unit === before.unit && other.output === output)
      return err({ type: 'OutputTaken', output });
  const after: OutputAsset = { ...before, output };
  const changes: RecordChange[] = [{ table: 'assets', id, before: before as Asset, after }];
  const unit = document.units.get(before.unit);
  const moved = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(
      Object.entries(record).map(([name, value]) => [name === before.output ? output : name, value]),
    );
  const renamed: Unit | undefined =
    unit?.kind === 'graph'
      ? { ...unit, results: moved(unit.results) }
      : unit && {
          ...unit,
          body: bodyWithOutputName(unit.body, before.output, output) ?? unit.body,
          ...(unit.internalDeps ? { internalDeps: moved(unit.internalDeps) } : {}),
        };
  if (unit && renamed && !sameRecord(unit, renamed))
    changes.push({ table: 'units', id: unit.id, before: unit, after: renamed });
  return ok({ changes });
}
