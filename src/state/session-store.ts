// This tab's view of things: selection, open panels, theme. Never part of the document, never undone.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AssetId, CheckId, NoteId, RunId } from '#model/ids.ts';

export type InspectorTab = 'body' | 'settings' | 'data' | 'checks' | 'code' | 'history';
export type DockTab = 'problems' | 'logs' | 'scratchpad';
export type ColorScheme = 'light' | 'dark' | 'auto';

/** The check that is unfolded in the list of its asset, and what of it is shown. */
export interface OpenCheck {
  readonly assetId: AssetId;
  readonly name: string;
  readonly part: 'results' | 'settings' | 'body';
}

export interface SessionState {
  readonly selectedAssets: ReadonlySet<AssetId>;
  readonly selectedNotes: ReadonlySet<NoteId>;
  readonly inspectorTab: InspectorTab;
  readonly inspectorOpen: boolean;
  readonly dockTab: DockTab;
  readonly dockOpen: boolean;
  /** The run whose live logs the dock shows. */
  readonly watchedRun: RunId | undefined;
  /** A place in a body to reveal, once: from a problem or an error's position. */
  readonly reveal:
    | {
        readonly assetId: AssetId;
        /** When the place is in the body of a check. */
        readonly checkId?: CheckId;
        /** When the place is in the body of an op of the graph that makes the asset. */
        readonly op?: string;
        readonly line: number;
        readonly column: number;
      }
    | undefined;
  readonly openCheck: OpenCheck | undefined;
  readonly colorScheme: ColorScheme;
}

export type SessionStore = StoreApi<SessionState>;

export const createSessionStore = (colorScheme: ColorScheme): SessionStore =>
  createStore<SessionState>(() => ({
    selectedAssets: new Set(),
    selectedNotes: new Set(),
    inspectorTab: 'body',
    inspectorOpen: true,
    dockTab: 'logs',
    dockOpen: false,
    watchedRun: undefined,
    reveal: undefined,
    openCheck: undefined,
    colorScheme,
  }));

/** Selects assets (and nothing else), opening the inspector on the given tab if one is named. */
export function selectAssets(session: SessionStore, ids: Iterable<AssetId>, tab?: InspectorTab): void {
  session.setState({
    selectedAssets: new Set(ids),
    selectedNotes: new Set(),
    ...(tab === undefined ? {} : { inspectorTab: tab, inspectorOpen: true }),
  });
}

/** Selects assets and notes, and nothing else. */
export function selectItems(session: SessionStore, assets: Iterable<AssetId>, notes: Iterable<NoteId>): void {
  session.setState({ selectedAssets: new Set(assets), selectedNotes: new Set(notes) });
}

/** Opens the editor of an asset at a place in its body. */
export function revealInBody(session: SessionStore, assetId: AssetId, line: number, column: number): void {
  selectAssets(session, [assetId], 'body');
  session.setState({ reveal: { assetId, line, column } });
}

/** Opens a check's body, at a place in it if one is named. */
export function revealInCheck(
  session: SessionStore,
  check: { readonly assetId: AssetId; readonly checkId: CheckId; readonly name: string },
  place?: { readonly line: number; readonly column: number },
): void {
  const { assetId, checkId, name } = check;
  selectAssets(session, [assetId], 'checks');
  session.setState({
    openCheck: { assetId, name, part: 'body' },
    reveal: place && { assetId, checkId, ...place },
  });
}
