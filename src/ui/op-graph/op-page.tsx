// The page of one graph asset: its own canvas of ops, with the way back, the inspector beside it and the log beneath.

import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSitemap } from '@tabler/icons-react';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { ReactFlowProvider } from '@xyflow/react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { graphUnit } from '#model/commands/op-commands.ts';
import type { GraphUnit } from '#model/document.ts';
import { asUnitId } from '#model/ids.ts';
import { selectAssets } from '#state/session-store.ts';
import dockCss from '#ui/canvas/dock.module.css';
import emptyCss from '#ui/canvas/empty-canvas.module.css';
import { LogsPanel, ShownRun } from '#ui/canvas/logs-panel.tsx';
import { rowsOf } from '#ui/canvas/node-places.ts';
import { PagePanels } from '#ui/canvas/page-panels.tsx';
import { RunAnnouncer } from '#ui/canvas/run-announcer.tsx';
import { loadBodyEditorSoon } from '#ui/inspector/load-body-editor.ts';
import { flushDrafts } from '#ui/inspector/open-drafts.ts';
import { type AppCommand, useProvideCommands } from '#ui/kit/app-commands.tsx';
import { ErrorBoundary } from '#ui/kit/error-boundary.tsx';
import { KeyHint } from '#ui/kit/key-hint.tsx';
import { EmptyState, ErrorState } from '#ui/kit/panel-state.tsx';
import { useDocument, useServices, useSession } from '#ui/kit/services.tsx';
import { useLauncher } from '#ui/kit/use-launch.ts';
import { useTitle } from '#ui/kit/use-title.ts';
import { createOpActions } from './op-actions.ts';
import { OpCanvas } from './op-canvas.tsx';
import { inputOfPlace, opPlace, outputOfPlace } from './op-elements.ts';
import { OpGraphContext, useOpGraph } from './op-graph-context.ts';
import { OpInspector } from './op-inspector.tsx';
import css from './op-page.module.css';
import { useOpStates } from './op-states.ts';
import { OpControls, OpRunButtons, OpTools, WiringProblem } from './op-tools.tsx';
import { createOpView, select } from './op-view.ts';
import type { OpPageKeys } from './use-op-keys.ts';

export function OpPage() {
  const { unitId } = useParams({ from: '/p/$projectId/graph/$unitId' });
  const projectId = useDocument((state) => state.projectId);
  const unit = useDocument((state) => graphUnit(state.document, asUnitId(unitId)));
  const projectName = useDocument((state) => state.document.info.name);
  useTitle(unit?.name ?? 'Unknown graph', projectName);
  useEffect(loadBodyEditorSoon, []);
  if (projectId === undefined) return null;
  if (!unit)
    return (
      <ErrorState
        title="This project has no such graph asset"
        action={
          <Button
            renderRoot={(props) => <Link to="/p/$projectId/graph" params={{ projectId }} {...props} />}
            variant="default"
          >
            Back to the graph
          </Button>
        }
      >
        It may have been deleted; undo (<KeyHint keys="Mod+Z" />) brings it back.
      </ErrorState>
    );
  return (
    <ReactFlowProvider key={`${projectId} ${unit.id}`}>
      <OpenGraph unit={unit} />
    </ReactFlowProvider>
  );
}

function OpenGraph({ unit }: { readonly unit: GraphUnit }) {
  const services = useServices();
  const { op } = useSearch({ from: '/p/$projectId/graph/$unitId' });
  const [view] = useState(() => createOpView(op));
  const outputs = useDocument((state) => rowsOf(state.document, unit.id));
  const states = useOpStates(unit, outputs);
  const actions = useMemo(() => createOpActions(services, unit.id, view), [services, unit.id, view]);
  const value = useMemo(() => ({ unitId: unit.id, view, actions, states }), [unit.id, view, actions, states]);
  const isOpening = useRef(true);
  useEffect(() => {
    // A link to another op of the graph that is open.
    if (op !== undefined && !isOpening.current) select(view, [opPlace(op)]);
    isOpening.current = false;
  }, [op, view]);
  return (
    <OpGraphContext value={value}>
      <Panels unit={unit} />
      <RunAnnouncer />
    </OpGraphContext>
  );
}

function Panels({ unit }: { readonly unit: GraphUnit }) {
  const inspectorOpen = useSession((state) => state.inspectorOpen);
  const page = useOpPage(unit);
  const canvas = (
    <ErrorBoundary name="The canvas">
      <OpCanvas unit={unit} keys={page}>
        <OpTools unit={unit} onLeave={page.leave} />
        <OpRunButtons unit={unit} onMaterialize={page.materialize} isClosed={!inspectorOpen} />
        <OpControls />
        <WiringProblem unit={unit} />
        {unit.ops.length === 0 ? <EmptyGraph /> : null}
      </OpCanvas>
    </ErrorBoundary>
  );
  return (
    <PagePanels
      canvas={() => canvas}
      dock={
        <section className={`nokey ${dockCss.dock}`} aria-label="Dock">
          <DockHead isOpen />
          <div className={dockCss.panel}>
            <LogsPanel />
          </div>
        </section>
      }
      closedDock={<DockHead isOpen={false} />}
      inspector={
        <section className={`nokey ${css.inspector}`} aria-label="Inspector">
          <OpInspector unit={unit} onOpenEnd={page.openEnd} />
        </section>
      }
    />
  );
}

function useOpPage(unit: GraphUnit): OpPageKeys {
  const { documents, session } = useServices();
  const { view, actions } = useOpGraph();
  const navigate = useNavigate();
  const { launch } = useLauncher();
  const projectId = useDocument((state) => state.projectId);
  const outputs = () => rowsOf(documents.store.getState().document, unit.id);
  const toGraph = () => {
    if (projectId !== undefined) void navigate({ to: '/p/$projectId/graph', params: { projectId } });
  };
  const keys: OpPageKeys = {
    leave() {
      selectAssets(
        session,
        outputs().map(({ id }) => id),
      );
      toGraph();
    },
    openEnd(id) {
      const { graph } = documents.store.getState();
      const input = inputOfPlace(id);
      const [first] = outputs();
      const asset =
        input === undefined
          ? outputs().find(({ output }) => output === outputOfPlace(id))?.id
          : first && graph.upstream.get(first.id)?.find((edge) => edge.input === input)?.from;
      if (asset === undefined) return;
      selectAssets(session, [asset]);
      toGraph();
    },
    materialize() {
      flushDrafts(documents);
      void launch({ type: 'assets', ids: outputs().map(({ id }) => id) }).then((runId) => {
        if (runId !== undefined) session.setState({ watchedRun: runId, dockTab: 'logs', dockOpen: true });
      });
    },
  };
  useProvideCommands((): readonly AppCommand[] => {
    const command = (section: string, id: string, label: string, run: () => void, shortcut?: string) => ({
      id,
      label,
      section,
      run,
      ...(shortcut === undefined ? {} : { keys: shortcut }),
    });
    return [
      command('Run', 'materialize-graph', `Materialize ${unit.name}`, keys.materialize, 'Mod+Enter'),
      command('Edit', 'add-op', 'Add op', () => actions.add(), 'A'),
      command('Edit', 'delete-ops', 'Delete', () => void actions.removeSelected(), 'Del'),
      command('Arrange', 'lay-out-ops', 'Lay out', () => void actions.layOut(), 'L'),
      command('View', 'leave-graph', 'Back to the graph of assets', keys.leave, 'Esc'),
      ...unit.ops.map((op) =>
        command('Go to op', `go-to-op ${op.name}`, op.name, () => select(view, [opPlace(op.name)])),
      ),
    ];
  });
  return keys;
}

function EmptyGraph() {
  const { actions } = useOpGraph();
  return (
    <div className={emptyCss.empty}>
      <EmptyState
        title="Draw the first op"
        icon={<IconSitemap size={24} stroke={1.5} />}
        action={<Button onClick={() => actions.add()}>Add op</Button>}
      >
        An op is one step on the way to the asset: it is tried again by itself when it fails, and has its own
        log. Press <KeyHint keys="A" /> to add one, drag from its right edge to the next, and from the last
        one to the asset.
      </EmptyState>
    </div>
  );
}

/** The log's head; all that is left of it while it is closed. */
function DockHead({ isOpen }: { readonly isOpen: boolean }) {
  const { session } = useServices();
  const toggle = () => session.setState({ dockOpen: !isOpen });
  return (
    <div className={dockCss.tabs} data-open={isOpen || undefined}>
      <div className={dockCss.list}>
        <button type="button" className={dockCss.tab} aria-expanded={isOpen} onClick={toggle}>
          Logs
        </button>
      </div>
      {isOpen ? <ShownRun /> : null}
      <Tooltip label={isOpen ? 'Close the dock' : 'Open the dock'} position="left">
        <ActionIcon aria-label={isOpen ? 'Close the dock' : 'Open the dock'} onClick={toggle}>
          {isOpen ? <IconChevronDown size={16} stroke={1.5} /> : <IconChevronUp size={16} stroke={1.5} />}
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
