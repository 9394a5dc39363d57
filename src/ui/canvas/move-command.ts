// What was moved, as one command.

import type { Command } from '#model/commands/command.ts';
import type { ProjectDocument } from '#model/document.ts';
import type { AssetId, NoteId, UnitId } from '#model/ids.ts';
import type { Places } from './arrange.ts';
import type { ItemId } from './canvas-ids.ts';

export function moveCommand(
  { notes, units }: ProjectDocument,
  places: Places<ItemId>,
  label: string | undefined,
): Extract<Command, { type: 'MoveItems' }> {
  const assets = places.filter(([id]) => !notes.has(id as NoteId) && !units.has(id as UnitId));
  return {
    type: 'MoveItems',
    assets: assets as Places<AssetId>,
    ...(notes.size === 0
      ? {}
      : { notes: places.filter(([id]) => notes.has(id as NoteId)) as Places<NoteId> }),
    ...(units.size === 0
      ? {}
      : { units: places.filter(([id]) => units.has(id as UnitId)) as Places<UnitId> }),
    ...(label === undefined ? {} : { label }),
  };
}
