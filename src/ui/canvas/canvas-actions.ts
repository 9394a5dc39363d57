// The canvas's gestures as commands: one gesture, one command. What a command refuses is told in words.

import type { Command } from '#model/commands/command.ts';
import type { Asset, Point } from '#model/document.ts';
import { type AssetId, asAssetId } from '#model/ids.ts';
import { selectAssets } from '#state/session-store.ts';
import { noticeError } from '#ui/kit/notices.ts';
import type { Services } from '#ui/kit/services.tsx';
import type { CanvasStore } from './canvas-store.ts';
import { nodeHeight, nodeWidth } from './flow-elements.ts';
import { copiesOf, newAsset } from './new-assets.ts';
import { noticeDeleted } from './notice-deleted.tsx';

export interface CanvasActions {
  /** Adds an asset around a point of the canvas and starts its naming; reads `upstream` when given. */
  add(centre: Point, upstream?: AssetId): void;
  /** One undoable move of all that was being moved. */
  commitMoves(label?: string): void;
  connect(from: AssetId, to: AssetId, kind: 'value' | 'order'): boolean;
  disconnect(from: AssetId, to: AssetId): boolean;
  remove(ids: readonly AssetId[]): void;
  duplicate(ids: readonly AssetId[]): void;
  /** False when the name was refused. */
  rename(id: AssetId, key: string): boolean;
  selectAll(): void;
}

export function createCanvasActions(services: Services, canvas: CanvasStore): CanvasActions {
  const { documents, session, newId } = services;
  const document = () => documents.store.getState().document;
  const assetsOf = (ids: readonly AssetId[]): Asset[] =>
    ids.flatMap((id) => {
      const asset = document().assets.get(id);
      return asset ? [asset] : [];
    });
  /** True when it was carried out; the notice says why not. */
  const run = (command: Command): boolean => {
    const error = documents.run(command);
    if (error) noticeError(error);
    return error === undefined;
  };

  return {
    add(centre, upstream) {
      const from = upstream === undefined ? undefined : document().assets.get(upstream);
      const corner = { x: centre.x - nodeWidth / 2, y: centre.y - nodeHeight / 2 };
      const asset = newAsset(document(), asAssetId(newId()), corner, from);
      if (!run({ type: 'AddAssets', assets: [asset] })) return;
      selectAssets(session, [asset.id]);
      canvas.setState({ renaming: asset.id, selectedEdge: undefined });
    },
    commitMoves(label) {
      const { moving, settling } = canvas.getState();
      if (moving.size === 0 || settling) return;
      const assets = [...moving].map(
        ([id, { x, y }]) => [id, { x: Math.round(x), y: Math.round(y) }] as const,
      );
      run({ type: 'MoveItems', assets, ...(label === undefined ? {} : { label }) });
      canvas.setState({ moving: new Map() });
    },
    connect: (from, to, kind) => run({ type: 'ConnectAssets', from, to, kind }),
    disconnect(from, to) {
      canvas.setState({ selectedEdge: undefined });
      return run({ type: 'DisconnectAssets', from, to });
    },
    remove(ids) {
      const assets = assetsOf(ids);
      if (assets.length === 0 || !run({ type: 'DeleteItems', assets: ids })) return;
      selectAssets(session, []);
      noticeDeleted(documents, assets);
    },
    duplicate(ids) {
      const copies = copiesOf(document(), assetsOf(ids), () => asAssetId(newId()));
      if (copies.length === 0 || !run({ type: 'AddAssets', assets: copies })) return;
      selectAssets(
        session,
        copies.map((copy) => copy.id),
      );
    },
    rename: (id, key) => run({ type: 'RenameAsset', id, key }),
    selectAll: () => selectAssets(session, document().assets.keys()),
  };
}
