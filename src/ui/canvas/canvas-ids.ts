// How the canvas names what lies on it.

import type { AssetId, NoteId, UnitId } from '#model/ids.ts';
import type { Bounds } from './arrange.ts';

/** Asset, note, or what makes several assets. */
export type ItemId = AssetId | NoteId | UnitId;

/** "from to", see `edgeId`. */
export type EdgeId = string;

/** A note while its size is being dragged. */
export type ResizedNote = { readonly id: NoteId } & Bounds;
