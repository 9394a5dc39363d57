// Everything that can be done on the graph page, once: menus, the command palette and keys call these.

import { useReactFlow } from '@xyflow/react';
import { createContext, type ReactNode, useContext, useMemo, useRef } from 'react';
import { healedReaders } from '#model/commands/heal.ts';
import { selectAssets } from '#state/session-store.ts';
import { useArrivals } from '#ui/arrivals/use-arrivals.ts';
import { conversions } from '#ui/inspector/conversions.ts';
import { type AppCommand, useProvideCommands } from '#ui/kit/app-commands.tsx';
import { noticeFault } from '#ui/kit/notices.ts';
import { searchAssets } from '#ui/kit/search-assets.ts';
import { useServices } from '#ui/kit/services.tsx';
import { type ShortcutName, shortcuts } from '#ui/kit/shortcuts.ts';
import { useActions } from './actions-context.ts';
import type { Alignment, Axis } from './arrange.ts';
import { alignLabels } from './canvas-actions.ts';
import { useCanvasStore } from './canvas-store.ts';
import { type CanvasClipboard, createCanvasClipboard } from './clipboard.ts';
import { useFit } from './use-fit.ts';
import { useGoToAsset } from './use-go-to-asset.ts';
import { type Launches, useLaunches } from './use-launches.ts';
import { type LayOut, useLayout } from './use-layout.ts';
import { graphOf, useOpenGraph } from './use-open-graph.ts';

export interface GraphCommands {
  /** All commands, those that cannot be carried out now marked so. */
  list(): readonly AppCommand[];
  /** Carries a command out when it can be; true when there was something to do. */
  run(id: string): boolean;
  readonly clipboard: CanvasClipboard;
  readonly layout: LayOut;
  readonly launches: Launches;
}

const GraphCommandsContext = createContext<GraphCommands | undefined>(undefined);

export function useGraphCommands(): GraphCommands {
  const commands = useContext(GraphCommandsContext);
  if (!commands) throw new Error('Internal error: no graph commands above this component');
  return commands;
}

const mostFound = 8;
const glide = { duration: 140 };

export function GraphCommandsProvider({ children }: { readonly children: ReactNode }) {
  const services = useServices();
  const canvas = useCanvasStore();
  const actions = useActions();
  const flow = useReactFlow();
  const { zoomToFit } = useFit();
  const layout = useLayout();
  const launches = useLaunches();
  const goToAsset = useGoToAsset();
  const openGraph = useOpenGraph();
  const arrivals = useArrivals();
  const clipboard = useMemo(
    () => createCanvasClipboard(services, canvas, actions, arrivals),
    [services, canvas, actions, arrivals],
  );
  /** What was copied here last, for browsers that do not let the clipboard be read. */
  const copied = useRef<string>(undefined);

  const list = (): readonly AppCommand[] => {
    const { session, documents } = services;
    const { selectedAssets, selectedNotes } = session.getState();
    const { document, graph } = documents.store.getState();
    const assets = [...selectedAssets].filter((id) => document.assets.has(id));
    const notes = [...selectedNotes].filter((id) => document.notes.has(id));
    const count = assets.length + notes.length;
    const only = count === 1 ? assets[0] : undefined;
    const opened = graphOf(document, assets);
    const command = (
      section: string,
      id: string,
      shortcut: ShortcutName | undefined,
      run: () => void,
      isEnabled = true,
      label = shortcut === undefined ? id : shortcuts[shortcut].does,
    ): AppCommand => ({
      id,
      label,
      section,
      run() {
        // What is being moved by the arrow keys is where it stands now.
        actions.commitMoves();
        run();
      },
      isEnabled,
      ...(shortcut === undefined ? {} : { keys: shortcuts[shortcut].keys }),
    });
    const write = (text: string | undefined) => {
      if (text === undefined) return;
      copied.current = text;
      void navigator.clipboard?.writeText(text).catch(() => undefined);
    };
    const paste = async () => {
      const text = await navigator.clipboard?.readText().catch(() => undefined);
      if (text || copied.current) return clipboard.paste(text || copied.current!);
      noticeFault('Nothing was pasted', 'The browser does not let the clipboard be read here. Press Ctrl+V.');
    };
    const alignments: readonly Alignment[] = ['left', 'centre', 'right', 'top', 'middle', 'bottom'];
    const axes: readonly Axis[] = ['horizontally', 'vertically'];
    return [
      ...launches.commands(),
      command('Edit', 'add-asset', 'addAsset', () => actions.add('asset')),
      command('Edit', 'add-multi', undefined, () => actions.add('multi'), true, 'Add multi-asset'),
      command('Edit', 'add-graph', undefined, () => actions.add('graph'), true, 'Add graph asset'),
      command(
        'Edit',
        'add-observable',
        undefined,
        () => actions.add('observable'),
        true,
        'Add observable asset',
      ),
      command(
        'Edit',
        'add-multi-observable',
        undefined,
        () => actions.add('multi-observable'),
        true,
        'Add multi-observable',
      ),
      command('Edit', 'add-external', undefined, () => actions.add('external'), true, 'Add external asset'),
      command('Edit', 'add-note', 'addNote', () => actions.add('note')),
      command(
        'Edit',
        'open',
        'open',
        () => selectAssets(session, [only!], session.getState().inspectorTab),
        only !== undefined,
      ),
      command(
        'Edit',
        'open-graph',
        undefined,
        () => openGraph(opened!.id),
        opened !== undefined,
        'Open the graph of ops',
      ),
      command('Edit', 'rename', 'rename', () => canvas.setState({ renaming: only }), only !== undefined),
      command('Edit', 'copy', 'copy', () => write(clipboard.copy()), count > 0),
      command('Edit', 'cut', 'cut', () => write(clipboard.cut()), count > 0),
      command('Edit', 'paste', 'paste', () => void paste()),
      command('Edit', 'duplicate', 'duplicate', clipboard.duplicate, count > 0),
      {
        ...command('Edit', 'delete', 'delete', () => actions.remove(assets, notes), count > 0),
        isDangerous: true,
      },
      {
        ...command(
          'Edit',
          'delete-and-reconnect',
          'deleteAndReconnect',
          () => actions.remove(assets, notes, true),
          assets.length > 0 && healedReaders(document, new Set(assets), graph).size > 0,
        ),
        isDangerous: true,
      },
      ...conversions(
        document,
        assets.map((id) => document.assets.get(id)!),
        services.newId,
      ).map(({ to, label, command: convert }) =>
        command(
          'Edit',
          `convert-${to}`,
          undefined,
          () => actions.convert(convert),
          notes.length === 0,
          assets.length === 1 ? label : `${label} (${assets.length})`,
        ),
      ),
      ...alignments.map((how) =>
        command('Arrange', `align-${how}`, undefined, () => actions.align(how), count > 1, alignLabels[how]),
      ),
      ...axes.map((axis) =>
        command(
          'Arrange',
          `distribute-${axis}`,
          undefined,
          () => actions.distribute(axis),
          count > 2,
          `Distribute ${axis}`,
        ),
      ),
      command('Arrange', 'lay-out', 'layOut', () => void layout.run(), document.assets.size > 0),
      command(
        'Arrange',
        'lay-out-selection',
        undefined,
        () => void layout.run(new Set(assets)),
        assets.length > 1,
        'Lay out selection',
      ),
      command(
        'View',
        'select-all',
        'selectAll',
        actions.selectAll,
        document.assets.size + document.notes.size > 0,
      ),
      command(
        'View',
        'search',
        'search',
        () => canvas.setState({ isSearching: true }),
        document.assets.size > 0,
      ),
      command('View', 'outline', 'outline', () => {
        const outlineOpen = !canvas.getState().outlineOpen;
        canvas.setState({ outlineOpen });
        services.preferences.write('outline', outlineOpen ? 'open' : 'closed');
      }),
      command('View', 'drag-selects', 'dragSelects', () =>
        canvas.setState(({ dragSelects }) => ({ dragSelects: !dragSelects })),
      ),
      command('View', 'show-values', 'showValues', () =>
        canvas.setState(({ showValues }) => ({ showValues: !showValues })),
      ),
      command('View', 'fit', 'fit', () => void zoomToFit()),
      command('View', 'zoom-in', 'zoomIn', () => void flow.zoomIn(glide)),
      command('View', 'zoom-out', 'zoomOut', () => void flow.zoomOut(glide)),
    ];
  };
  const run = (id: string): boolean => {
    const command = list().find((candidate) => candidate.id === id);
    if (!command || command.isEnabled === false) return false;
    command.run();
    return true;
  };
  useProvideCommands((text) => [
    ...list(),
    ...searchAssets(services.documents.store.getState().document, text, mostFound).map(
      ({ asset, where }): AppCommand => ({
        id: `go-to ${asset.id}`,
        label: asset.key,
        ...(where === undefined ? {} : { about: where }),
        section: 'Go to asset',
        run: () => goToAsset(asset.id),
      }),
    ),
  ]);

  // Listeners on the document hold on to it: the same object for as long as the page is there.
  const latest = useRef({ list, run });
  latest.current = { list, run };
  const stable = useMemo(
    () => ({ list: () => latest.current.list(), run: (id: string) => latest.current.run(id), clipboard }),
    [clipboard],
  );
  const value = useMemo(() => ({ ...stable, layout, launches }), [stable, layout, launches]);
  return <GraphCommandsContext value={value}>{children}</GraphCommandsContext>;
}
