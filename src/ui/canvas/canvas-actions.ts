// The canvas's gestures as commands: one gesture, one command. What a command refuses is told in words.

import type { Command } from '#model/commands/command.ts';
import type { Asset, Note, Point } from '#model/document.ts';
import { type AssetId, asAssetId, asNoteId, type NoteId } from '#model/ids.ts';
import { selectAssets, selectItems } from '#state/session-store.ts';
import { noticeError } from '#ui/kit/notices.ts';
import type { Services } from '#ui/kit/services.tsx';
import { type Alignment, type Axis, align, distribute, freeBlockOffset, type Places } from './arrange.ts';
import type { ItemId } from './canvas-ids.ts';
import type { CanvasStore } from './canvas-store.ts';
import { boxesOf, edgeId } from './flow-elements.ts';
import { moveCommand } from './move-command.ts';
import {
  freePlace,
  newAsset,
  newExternalAsset,
  newObservableAsset,
  nextPlace,
  takenPlaces,
} from './new-assets.ts';
import { type NewUnit, newGraphAsset, newMultiAsset, newObservingUnit } from './new-units.ts';
import { assetBox, nodeHeight, nodeWidth, placeOf, unitBox } from './node-places.ts';
import { noticeDeleted } from './notice-deleted.tsx';

/** What the palette offers. */
export type NewItem = 'asset' | 'multi' | 'graph' | 'observable' | 'multi-observable' | 'external' | 'note';

export interface CanvasActions {
  /** Adds something where it is wanted next (see `nextPlace`), or around `centre`, and starts its naming. */
  add(item: NewItem, centre?: Point): void;
  /** Where the next asset is wanted: its left upper corner. */
  placeForNext(): Point;
  /** Adds an asset around a point, connected: it reads `from`, or `to` reads it. */
  addConnected(
    centre: Point,
    ends: { readonly from: AssetId } | { readonly to: AssetId; readonly kind: 'value' | 'order' },
  ): void;
  /** One undoable move of all that was being moved. */
  commitMoves(label?: string): void;
  connect(from: AssetId, to: AssetId, kind: 'value' | 'order'): boolean;
  disconnect(from: AssetId, to: AssetId): boolean;
  /** Makes a value of an order-only edge, or the reverse. */
  changeKind(from: AssetId, to: AssetId, kind: 'value' | 'order'): boolean;
  /** `heal`: readers of what is deleted read what it read. */
  remove(assets: readonly AssetId[], notes?: readonly NoteId[], heal?: boolean): void;
  /** False when the name was refused. */
  rename(id: AssetId, key: string): boolean;
  /** Turns assets into another kind. */
  convert(command: Command): void;
  putNote(note: Note): void;
  align(how: Alignment): void;
  distribute(axis: Axis): void;
  selectAll(): void;
}

const noteSize = { width: 224, height: 128 };

export function createCanvasActions(services: Services, canvas: CanvasStore): CanvasActions {
  const { documents, session, newId } = services;
  const document = () => documents.store.getState().document;
  /** True when it was carried out; the notice says why not. */
  const run = (command: Command): boolean => {
    const error = documents.run(command);
    if (error) noticeError(error);
    return error === undefined;
  };
  const positions = () => takenPlaces(document());

  function centreOfView(): Point {
    const view = canvas.getState().view?.visible() ?? { x: 0, y: 0, width: 0, height: 0 };
    return { x: view.x + view.width / 2, y: view.y + view.height / 2 };
  }

  /** The one selected, else the last added while it can be seen. */
  function neighbour(): Asset | undefined {
    const { selectedAssets } = session.getState();
    const { lastAdded, view } = canvas.getState();
    if (selectedAssets.size === 1) return document().assets.get([...selectedAssets][0]!);
    const last = lastAdded === undefined ? undefined : document().assets.get(lastAdded);
    if (!last || !view) return undefined;
    const { x, y, width, height } = view.visible();
    const position = placeOf(document(), last);
    const isInView =
      position.x + nodeWidth > x &&
      position.x < x + width &&
      position.y + nodeHeight > y &&
      position.y < y + height;
    return isInView ? last : undefined;
  }

  function showNew(asset: Asset): void {
    // What it is made by comes before what it made.
    session.setState({ inspectorTab: 'body' });
    selectAssets(session, [asset.id]);
    canvas.setState({ renaming: asset.id, selectedEdge: undefined, lastAdded: asset.id });
    canvas.getState().view?.show([assetBox(document(), asset)]);
  }

  /** All of a new unit is selected: that is the unit. */
  function addUnit({ unit, outputs }: NewUnit): void {
    if (!run({ type: 'AddAssets', units: [unit], assets: outputs })) return;
    session.setState({ inspectorTab: 'body' });
    selectAssets(
      session,
      outputs.map(({ id }) => id),
    );
    const only = outputs.length === 1 ? outputs[0]?.id : undefined;
    canvas.setState({ selectedEdge: undefined, lastAdded: outputs[0]?.id, renaming: only });
    canvas.getState().view?.show([unitBox(document(), unit)]);
  }

  /** Near the middle of the view, where nothing lies yet. */
  function freeCentre({ width, height }: typeof noteSize): Point {
    const { x, y } = centreOfView();
    const { assets, notes } = document();
    const taken = boxesOf(document(), assets.keys(), notes.keys());
    const corner = freeBlockOffset([{ x: 0, y: 0, width, height }], taken, {
      x: x - width / 2,
      y: y - height / 2,
    });
    return { x: corner.x + width / 2, y: corner.y + height / 2 };
  }

  function addNote(at: Point | undefined): void {
    const { width, height } = noteSize;
    const centre = at ?? freeCentre(noteSize);
    const note: Note = {
      id: asNoteId(newId()),
      position: { x: Math.round(centre.x - width / 2), y: Math.round(centre.y - height / 2) },
      width,
      height,
      text: '',
    };
    if (!run({ type: 'AddAssets', assets: [], notes: [note] })) return;
    selectItems(session, [], [note.id]);
    canvas.setState({ editingNote: note.id, selectedEdge: undefined });
    canvas.getState().view?.show([{ ...note.position, width, height }]);
  }

  function place(label: string, places: Places<ItemId>): void {
    run(moveCommand(document(), places, label));
  }

  const chosenBoxes = () => {
    const { selectedAssets, selectedNotes } = session.getState();
    return boxesOf(document(), selectedAssets, selectedNotes);
  };

  return {
    add(item, centre) {
      if (item === 'note') return addNote(centre);
      const at = centre ?? centreOfView();
      const position = nextPlace(document(), centre ? undefined : neighbour(), at);
      if (item === 'multi') return addUnit(newMultiAsset(document(), newId, position));
      if (item === 'multi-observable') return addUnit(newObservingUnit(document(), newId, position));
      if (item === 'graph') return addUnit(newGraphAsset(document(), newId, position));
      const id = asAssetId(newId());
      const make = { asset: newAsset, observable: newObservableAsset, external: newExternalAsset }[item];
      const asset = make(document(), id, position);
      if (run({ type: 'AddAssets', assets: [asset] })) showNew(asset);
    },
    placeForNext: () => nextPlace(document(), neighbour(), centreOfView()),
    addConnected(centre, ends) {
      const corner = { x: centre.x - nodeWidth / 2, y: centre.y - nodeHeight / 2 };
      const id = asAssetId(newId());
      const from = 'from' in ends ? document().assets.get(ends.from) : undefined;
      const asset = newAsset(document(), id, freePlace(positions(), corner), from);
      const add: Command = { type: 'AddAssets', assets: [asset] };
      const command: Command =
        'to' in ends
          ? {
              type: 'Compose',
              label: `Add ${asset.key}`,
              commands: [add, { type: 'ConnectAssets', from: id, to: ends.to, kind: ends.kind }],
            }
          : add;
      if (run(command)) showNew(asset);
    },
    commitMoves(label) {
      const { moving, settling } = canvas.getState();
      if (moving.size === 0 || settling) return;
      const places = [...moving].map(
        ([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }] as const,
      );
      run(moveCommand(document(), places, label));
      canvas.setState({ moving: new Map() });
    },
    connect: (from, to, kind) => run({ type: 'ConnectAssets', from, to, kind }),
    disconnect(from, to) {
      canvas.setState({ selectedEdge: undefined });
      return run({ type: 'DisconnectAssets', from, to });
    },
    changeKind(from, to, kind) {
      const done = run({
        type: 'Compose',
        label: kind === 'order' ? 'Make order only' : 'Pass the value',
        commands: [
          { type: 'DisconnectAssets', from, to },
          { type: 'ConnectAssets', from, to, kind },
        ],
      });
      if (done) canvas.setState({ selectedEdge: edgeId(from, to) });
      return done;
    },
    remove(ids, notes = [], heal = false) {
      const assets = ids.flatMap((id) => document().assets.get(id) ?? []);
      const gone = notes.filter((id) => document().notes.has(id));
      if (assets.length + gone.length === 0) return;
      if (!run({ type: 'DeleteItems', assets: ids, notes: gone, ...(heal ? { heal } : {}) })) return;
      selectAssets(session, []);
      noticeDeleted(documents, assets, gone.length);
    },
    rename: (id, key) => run({ type: 'RenameAsset', id, key }),
    convert(command) {
      run(command);
    },
    putNote: (note) => {
      run({ type: 'PutNote', note });
    },
    align: (how) => place(alignLabels[how], align(chosenBoxes(), how)),
    distribute: (axis) => place(`Distribute ${axis}`, distribute(chosenBoxes(), axis)),
    selectAll: () => selectItems(session, document().assets.keys(), document().notes.keys()),
  };
}

export const alignLabels: Readonly<Record<Alignment, string>> = {
  left: 'Align left',
  centre: 'Align centres',
  right: 'Align right',
  top: 'Align top',
  middle: 'Align middles',
  bottom: 'Align bottom',
};
