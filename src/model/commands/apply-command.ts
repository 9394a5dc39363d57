// From a command to its diff. Pure: the document is not touched; the diff says what to change.

import { err, ok, type Result } from '#base/result.ts';
import { assetKeyProblem } from '../asset-key.ts';
import { applyDiff, type GraphDiff, joinDiffs, type RecordChange, sameRecord } from '../diff.ts';
import type { Asset, FileAsset, ProjectDocument } from '../document.ts';
import type { AssetId, NoteId, UnitId } from '../ids.ts';
import { applyEdit, type BodyEdit } from '../text-edit.ts';
import { applyCheckCommand, checkCommandLabel, checksWithout } from './check-commands.ts';
import type { AssetChange, Command, CommandError } from './command.ts';
import { connectAssets, disconnectAssets } from './connect-assets.ts';
import { convertAsset } from './convert-asset.ts';
import { convertLabel } from './convert-command.ts';
import { editCode } from './edit-code.ts';
import { healedReaders } from './heal.ts';
import { applyOpCommand, opCommandLabel } from './op-commands.ts';
import { renameAsset } from './rename-asset.ts';
import { applyResourceCommand, resourceCommandLabel } from './resource-commands.ts';
import { addedUnits, applyUnitCommand, movedUnits, unitCommandLabel, unitsWithout } from './unit-commands.ts';

/** What `command` changes in `document`, or why it cannot. */
export function applyCommand(document: ProjectDocument, command: Command): Result<GraphDiff, CommandError> {
  switch (command.type) {
    case 'AddAssets':
      return addAssets(document, command);
    case 'DeleteItems':
      return deleteItems(document, command);
    case 'RenameAsset':
      return renameAsset(document, command.id, command.key);
    case 'MoveItems':
      return moveItems(document, command);
    case 'ConnectAssets':
      return connectAssets(document, command);
    case 'DisconnectAssets':
      return disconnectAssets(document, command);
    case 'EditBody':
      return editBody(document, command.id, command.edit);
    case 'UpdateAsset':
      return updateAsset(document, command.id, command.change);
    case 'ConvertAsset':
      return convertAsset(document, command);
    case 'ReplaceFile':
      return replaceFile(document, command);
    case 'UpdateUnit':
    case 'EditUnitBody':
    case 'RenameOutput':
      return applyUnitCommand(document, command);
    case 'AddOp':
    case 'RenameOp':
    case 'DeleteOps':
    case 'MoveOps':
    case 'ConnectOps':
    case 'DisconnectOps':
    case 'CollectResult':
    case 'UpdateOp':
      return applyOpCommand(document, command);
    case 'PutNote':
      return ok({
        changes: [replace('notes', command.note.id, document.notes.get(command.note.id), command.note)],
      });
    case 'PutModule':
      return putModule(document, command.name, command.body);
    case 'RenameProject':
      return renameProject(document, command);
    case 'AddCheck':
    case 'UpdateCheck':
    case 'EditCheckBody':
    case 'DeleteCheck':
      return applyCheckCommand(document, command);
    case 'AddResource':
    case 'UpdateResource':
    case 'EditResourceBody':
    case 'RenameResource':
    case 'RemoveResource':
      return applyResourceCommand(document, command);
    case 'EditCode':
      return editCode(document, command);
    case 'Compose':
      return compose(document, command.commands);
  }
}

function compose(document: ProjectDocument, commands: readonly Command[]): Result<GraphDiff, CommandError> {
  let current = document;
  const diffs: GraphDiff[] = [];
  for (const command of commands) {
    const diff = applyCommand(current, command);
    if (!diff.ok) return diff;
    diffs.push(diff.value);
    const next = applyDiff(current, diff.value);
    if (!next.ok)
      throw new Error(`Internal error: a diff does not apply where it was made (${next.error.id})`);
    current = next.value;
  }
  return ok(joinDiffs(diffs));
}

/** The command in the words of the undo menu. */
export function commandLabel(command: Command): string {
  const count = (n: number, thing: string) => (n === 1 ? thing : `${n} ${thing}s`);
  switch (command.type) {
    case 'AddAssets': {
      const notes = command.notes?.length ?? 0;
      const [unit] = command.units ?? [];
      if (unit && command.units?.length === 1 && notes === 0 && isAllOf(unit.id, command.assets))
        return `${command.label ?? 'Add'} ${unit.name}`;
      const only = command.assets.length === 1 && notes === 0 ? command.assets[0]!.key : undefined;
      const what = notes === 0 ? 'asset' : command.assets.length === 0 ? 'note' : 'item';
      return `${command.label ?? 'Add'} ${only ?? count(command.assets.length + notes, what)}`;
    }
    case 'DeleteItems':
      return `Delete ${count(command.assets.length + (command.notes?.length ?? 0), 'item')}${command.heal ? ' and reconnect' : ''}`;
    case 'RenameAsset':
      return `Rename to ${command.key}`;
    case 'MoveItems':
      return (
        command.label ??
        `Move ${count(command.assets.length + (command.notes?.length ?? 0) + (command.units?.length ?? 0), 'item')}`
      );
    case 'ConnectAssets':
      return 'Connect';
    case 'DisconnectAssets':
      return 'Disconnect';
    case 'EditBody':
      return 'Edit body';
    case 'UpdateAsset':
      return `Change ${Object.keys(command.change).join(', ')}`;
    case 'ConvertAsset':
      return convertLabel(command);
    case 'ReplaceFile':
      return `Replace file by ${command.file.path}`;
    case 'UpdateUnit':
    case 'EditUnitBody':
    case 'RenameOutput':
      return unitCommandLabel(command);
    case 'AddOp':
    case 'RenameOp':
    case 'DeleteOps':
    case 'MoveOps':
    case 'ConnectOps':
    case 'DisconnectOps':
    case 'CollectResult':
    case 'UpdateOp':
      return opCommandLabel(command);
    case 'PutNote':
      return 'Edit note';
    case 'PutModule':
      return `${command.body === null ? 'Delete' : 'Edit'} ${command.name}`;
    case 'RenameProject':
      return 'Rename project';
    case 'AddCheck':
    case 'UpdateCheck':
    case 'EditCheckBody':
    case 'DeleteCheck':
      return checkCommandLabel(command);
    case 'AddResource':
    case 'UpdateResource':
    case 'EditResourceBody':
    case 'RenameResource':
    case 'RemoveResource':
      return resourceCommandLabel(command);
    case 'EditCode':
      return `Edit ${command.path}`;
    case 'Compose':
      return command.label;
  }
}

const isAllOf = (unit: UnitId, assets: readonly Asset[]) =>
  assets.every((asset) => asset.kind === 'output' && asset.unit === unit);

/** A change of one record, for the tables that hold plain replacements. */
function replace(table: RecordChange['table'], id: string, before: unknown, after: unknown): RecordChange {
  return {
    table,
    id,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  } as RecordChange;
}

function addAssets(
  document: ProjectDocument,
  { assets, units = [], checks = [], files = [], notes = [] }: Extract<Command, { type: 'AddAssets' }>,
): Result<GraphDiff, CommandError> {
  const keys = new Set([...document.assets.values()].map((asset) => asset.key));
  const added = addedUnits(document, units);
  if (!added.ok) return added;
  const changes: RecordChange[] = [...added.value];
  const known = new Set([...document.units.keys(), ...units.map(({ id }) => id)]);
  for (const asset of assets) {
    if (asset.kind === 'output' && !known.has(asset.unit))
      return err({ type: 'UnitNotFound', id: asset.unit });
    if (document.assets.has(asset.id)) return err({ type: 'AssetExists', id: asset.id });
    const reason = assetKeyProblem(asset.key);
    if (reason !== undefined) return err({ type: 'KeyInvalid', key: asset.key, reason });
    if (keys.has(asset.key)) return err({ type: 'KeyTaken', key: asset.key });
    keys.add(asset.key);
    changes.push(replace('assets', asset.id, undefined, asset));
  }
  for (const file of files) {
    const before = document.files.get(file.path);
    if (!sameRecord(before, file)) changes.push(replace('files', file.path, before, file));
  }
  for (const check of checks) changes.push(replace('checks', check.id, document.checks.get(check.id), check));
  for (const note of notes) changes.push(replace('notes', note.id, document.notes.get(note.id), note));
  return ok({ changes });
}

function deleteItems(
  document: ProjectDocument,
  { assets, notes = [], heal = false }: Extract<Command, { type: 'DeleteItems' }>,
): Result<GraphDiff, CommandError> {
  const changes: RecordChange[] = [];
  const goneAssets = new Set<AssetId>();
  for (const id of assets) {
    const asset = document.assets.get(id);
    // Another tab may have deleted it already; the wish is then fulfilled.
    if (!asset || goneAssets.has(id)) continue;
    goneAssets.add(id);
    changes.push(replace('assets', id, asset, undefined));
  }
  changes.push(...unitsWithout(document, goneAssets));
  changes.push(
    ...checksWithout(document, new Set([...goneAssets].map((id) => document.assets.get(id)!.key))),
  );
  if (heal)
    for (const [id, healed] of healedReaders(document, goneAssets))
      changes.push(replace('assets', id, document.assets.get(id), healed));
  const stillUsed = new Set<string>();
  for (const asset of document.assets.values())
    if (asset.kind === 'file' && !goneAssets.has(asset.id)) stillUsed.add(asset.path);
  const dropped = new Set<string>();
  for (const id of goneAssets) {
    const asset = document.assets.get(id)!;
    if (asset.kind !== 'file' || stillUsed.has(asset.path) || dropped.has(asset.path)) continue;
    dropped.add(asset.path);
    const file = document.files.get(asset.path);
    if (file) changes.push(replace('files', file.path, file, undefined));
  }
  for (const id of new Set<NoteId>(notes)) {
    const note = document.notes.get(id);
    if (note) changes.push(replace('notes', id, note, undefined));
  }
  return ok({ changes });
}

function moveItems(
  document: ProjectDocument,
  { assets, notes = [], units = [] }: Extract<Command, { type: 'MoveItems' }>,
): Result<GraphDiff, CommandError> {
  const changes: RecordChange[] = movedUnits(document, units);
  for (const [id, position] of new Map(assets)) {
    const asset = document.assets.get(id);
    if (asset && !sameRecord(asset.position, position))
      changes.push(replace('assets', id, asset, { ...asset, position }));
  }
  for (const [id, position] of new Map(notes)) {
    const note = document.notes.get(id);
    if (note && !sameRecord(note.position, position))
      changes.push(replace('notes', id, note, { ...note, position }));
  }
  return ok({ changes });
}

function editBody(document: ProjectDocument, id: AssetId, edit: BodyEdit): Result<GraphDiff, CommandError> {
  const asset = document.assets.get(id);
  if (!asset) return err({ type: 'AssetNotFound', id });
  if (asset.kind !== 'asset' && asset.kind !== 'observable')
    return err({ type: 'NotACodeAsset', key: asset.key });
  const body = applyEdit(asset.body, edit);
  if (body === undefined) return err({ type: 'EditDoesNotApply', key: asset.key });
  return ok({ changes: body === asset.body ? [] : [replace('assets', id, asset, { ...asset, body })] });
}

function updateAsset(
  document: ProjectDocument,
  id: AssetId,
  change: AssetChange,
): Result<GraphDiff, CommandError> {
  const asset = document.assets.get(id);
  if (!asset) return err({ type: 'AssetNotFound', id });
  const fields: Record<string, unknown> = { ...asset };
  for (const [field, value] of Object.entries(change)) {
    if (value === null) delete fields[field];
    else if (value !== undefined) fields[field] = value;
  }
  const after = fields as unknown as Asset;
  return ok({ changes: sameRecord(asset, after) ? [] : [replace('assets', id, asset, after)] });
}

/** The new file may lie under another path; the old one goes when nothing else reads it. */
function replaceFile(
  document: ProjectDocument,
  { id, file, change }: Extract<Command, { type: 'ReplaceFile' }>,
): Result<GraphDiff, CommandError> {
  const asset = document.assets.get(id);
  if (!asset) return err({ type: 'AssetNotFound', id });
  if (asset.kind !== 'file') return err({ type: 'NotAFileAsset', key: asset.key });
  const changed = updateAsset(document, id, change);
  if (!changed.ok) return changed;
  const fields = changed.value.changes[0]?.after ?? asset;
  const after = { ...(fields as FileAsset), path: file.path };
  const changes: RecordChange[] = [];
  if (!sameRecord(asset, after)) changes.push(replace('assets', id, asset, after));
  const before = document.files.get(file.path);
  if (!sameRecord(before, file)) changes.push(replace('files', file.path, before, file));
  const isShared = [...document.assets.values()].some(
    (other) => other.kind === 'file' && other.id !== id && other.path === asset.path,
  );
  const old = document.files.get(asset.path);
  if (old && asset.path !== file.path && !isShared)
    changes.push(replace('files', asset.path, old, undefined));
  return ok({ changes });
}

function putModule(
  document: ProjectDocument,
  name: string,
  body: string | null,
): Result<GraphDiff, CommandError> {
  if (!/^[a-z][a-z0-9-]*$/i.test(name))
    return err({ type: 'NameInvalid', reason: 'A module’s name has letters, digits and dashes only.' });
  const before = document.modules.get(name);
  const after = body === null ? undefined : { name, body };
  return ok({ changes: sameRecord(before, after) ? [] : [replace('modules', name, before, after)] });
}

function renameProject(
  document: ProjectDocument,
  { name, description }: Extract<Command, { type: 'RenameProject' }>,
): Result<GraphDiff, CommandError> {
  if (name.trim() === '') return err({ type: 'NameInvalid', reason: 'A project needs a name.' });
  if (name.length > 200)
    return err({ type: 'NameInvalid', reason: 'A project’s name can have at most 200 characters.' });
  const after = { name: name.trim(), ...(description === undefined ? {} : { description }) };
  if (sameRecord(document.info, after)) return ok({ changes: [] });
  return ok({ info: { before: document.info, after }, changes: [] });
}
