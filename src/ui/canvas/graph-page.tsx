// The graph page: canvas, inspector beside it, dock beneath. Panel sizes and openness belong to this browser.

import { ReactFlowProvider } from '@xyflow/react';
import { type ReactNode, useMemo, useState } from 'react';
import { Inspector } from '#ui/inspector/inspector.tsx';
import { ErrorBoundary } from '#ui/kit/error-boundary.tsx';
import { useDocument, useServices, useSession } from '#ui/kit/services.tsx';
import { Splitter } from '#ui/kit/splitter.tsx';
import { useTitle } from '#ui/kit/use-title.ts';
import { ActionsContext } from './actions-context.ts';
import { Canvas } from './canvas.tsx';
import { createCanvasActions } from './canvas-actions.ts';
import { CanvasSearch } from './canvas-search.tsx';
import { CanvasContext, createCanvasStore } from './canvas-store.ts';
import { CanvasControls, CanvasToolbar } from './canvas-toolbar.tsx';
import { ContextMenu } from './context-menu.tsx';
import { Dock, DockTabs } from './dock.tsx';
import { EmptyCanvas } from './empty-canvas.tsx';
import { GraphCommandsProvider } from './graph-commands.tsx';
import css from './graph-page.module.css';
import { Palette } from './palette.tsx';
import { PanelRail } from './panel-rail.tsx';
import { PlanPreviewDialog } from './plan-preview-dialog.tsx';
import { RunAnnouncer } from './run-announcer.tsx';
import { RunToolbar } from './run-toolbar.tsx';
import { SelectionToolbar } from './selection-toolbar.tsx';
import { useIsNarrow } from './use-is-narrow.ts';
import { ProblemsProvider } from './use-problems.tsx';

/** With more nodes than this an overview is worth its place. */
const overviewFrom = 30;

export function GraphPage() {
  const projectId = useDocument((state) => state.projectId);
  const name = useDocument((state) => state.document.info.name);
  useTitle('Graph', name);
  // Another project is another canvas: nothing of the old one may linger.
  return <ProjectGraph key={projectId} />;
}

function ProjectGraph() {
  const services = useServices();
  const [canvas] = useState(createCanvasStore);
  const actions = useMemo(() => createCanvasActions(services, canvas), [services, canvas]);
  return (
    <CanvasContext value={canvas}>
      <ActionsContext value={actions}>
        <ProblemsProvider>
          <ReactFlowProvider>
            <GraphCommandsProvider>
              <Panels />
            </GraphCommandsProvider>
          </ReactFlowProvider>
          <RunAnnouncer />
        </ProblemsProvider>
      </ActionsContext>
    </CanvasContext>
  );
}

function Panels() {
  const { ref, isNarrow } = useIsNarrow();
  const inspectorOpen = useSession((state) => state.inspectorOpen);
  const dockOpen = useSession((state) => state.dockOpen);
  const inspector = (
    <ErrorBoundary name="The inspector">
      <Inspector />
    </ErrorBoundary>
  );
  const main = (
    <div className={css.column}>
      <div className={css.grow}>
        <Splitter
          name="dock"
          direction="rows"
          label="Dock"
          first={<GraphCanvas />}
          second={
            dockOpen ? (
              <ErrorBoundary name="The dock">
                <Dock />
              </ErrorBoundary>
            ) : undefined
          }
          initialSize={220}
          minSize={96}
          minFirst={160}
        />
      </div>
      {dockOpen ? null : <DockTabs />}
    </div>
  );
  return (
    <div ref={ref} className={css.page}>
      {isNarrow ? (
        <NarrowPage main={main} inspector={inspectorOpen ? inspector : undefined} />
      ) : (
        <Splitter
          name="inspector"
          direction="columns"
          label="Inspector"
          first={main}
          second={inspectorOpen ? inspector : undefined}
          initialSize={420}
          minSize={320}
          minFirst={360}
        />
      )}
      {isNarrow || !inspectorOpen ? <PanelRail /> : null}
    </div>
  );
}

/** Too narrow for two panels: the inspector lies over the canvas while it is asked for. */
function NarrowPage({
  main,
  inspector,
}: {
  readonly main: ReactNode;
  readonly inspector: ReactNode | undefined;
}) {
  const { session } = useServices();
  return (
    <div className={css.grow}>
      <div className={css.under} data-covered={inspector !== undefined || undefined}>
        {main}
      </div>
      {inspector === undefined ? null : (
        // biome-ignore lint/a11y/noStaticElementInteractions: Escape goes back one level from whatever has the focus
        <div
          className={css.drawer}
          data-overlay="right"
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !event.defaultPrevented) session.setState({ inspectorOpen: false });
          }}
        >
          {inspector}
        </div>
      )}
    </div>
  );
}

function GraphCanvas() {
  const { preferences } = useServices();
  const isLarge = useDocument((state) => state.document.assets.size >= overviewFrom);
  const [wanted, setWanted] = useState(() => preferences.read('overview'));
  const minimap = wanted === undefined ? isLarge : wanted === 'shown';
  const onMinimap = (shown: boolean) => {
    const value = shown ? 'shown' : 'hidden';
    setWanted(value);
    preferences.write('overview', value);
  };
  return (
    <ErrorBoundary name="The canvas">
      <Canvas showMinimap={minimap}>
        <CanvasToolbar />
        <RunToolbar />
        <CanvasControls minimap={minimap} onMinimap={onMinimap} />
        <Palette />
        <SelectionToolbar />
        <CanvasSearch />
        <EmptyCanvas />
      </Canvas>
      <ContextMenu />
      <PlanPreviewDialog />
    </ErrorBoundary>
  );
}
