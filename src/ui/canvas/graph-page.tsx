// The graph page: canvas, inspector beside it, dock beneath. Panel sizes and openness belong to this browser.

import { ReactFlowProvider } from '@xyflow/react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { Inspector } from '#ui/inspector/inspector.tsx';
import { loadBodyEditorSoon } from '#ui/inspector/load-body-editor.ts';
import { ErrorBoundary } from '#ui/kit/error-boundary.tsx';
import { useDocument, useServices, useSession } from '#ui/kit/services.tsx';
import { Splitter } from '#ui/kit/splitter.tsx';
import { useTitle } from '#ui/kit/use-title.ts';
import { ActionsContext } from './actions-context.ts';
import { Canvas } from './canvas.tsx';
import { createCanvasActions } from './canvas-actions.ts';
import { CanvasSearch } from './canvas-search.tsx';
import { CanvasContext, createCanvasStore, useCanvas } from './canvas-store.ts';
import { CanvasControls, CanvasToolbar } from './canvas-toolbar.tsx';
import { ContextMenu } from './context-menu.tsx';
import { Dock, DockTabs } from './dock.tsx';
import { EmptyCanvas } from './empty-canvas.tsx';
import { GraphCommandsProvider, useGraphCommands } from './graph-commands.tsx';
import css from './graph-page.module.css';
import { Outline } from './outline.tsx';
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
  useEffect(loadBodyEditorSoon, []);
  // Another project is another canvas: nothing of the old one may linger.
  return <ProjectGraph key={projectId} />;
}

function ProjectGraph() {
  const services = useServices();
  const [canvas] = useState(() => createCanvasStore(services.preferences.read('outline') === 'open'));
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
  const outlineOpen = useCanvas((state) => state.outlineOpen);
  const { run } = useGraphCommands();
  const outline = outlineOpen ? (
    <ErrorBoundary name="The outline">
      <Outline onClose={() => run('outline')} />
    </ErrorBoundary>
  ) : undefined;
  const main = (
    <div className={css.column}>
      <div className={css.grow}>
        <Splitter
          name="dock"
          direction="rows"
          label="Dock"
          first={
            <>
              <Splitter
                name="outline"
                direction="columns"
                sizedAt="start"
                label="Outline"
                first={<GraphCanvas />}
                second={isNarrow ? undefined : outline}
                initialSize={264}
                minSize={200}
                minFirst={360}
              />
              {isNarrow && outline !== undefined ? (
                <div className={css.outline} data-overlay="left">
                  {outline}
                </div>
              ) : null}
            </>
          }
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
  // Wide or narrow, the canvas keeps its place in the tree: what is open over it stays when the window is resized.
  return (
    <div ref={ref} className={css.page}>
      <div className={css.grow}>
        <div className={css.under} data-covered={(isNarrow && inspectorOpen) || undefined}>
          <Splitter
            name="inspector"
            direction="columns"
            label="Inspector"
            first={main}
            second={inspectorOpen && !isNarrow ? inspector : undefined}
            initialSize={420}
            minSize={320}
            minFirst={isNarrow ? 0 : 360}
          />
        </div>
        {inspectorOpen && isNarrow ? <Drawer>{inspector}</Drawer> : null}
      </div>
      {isNarrow || !inspectorOpen ? <PanelRail /> : null}
    </div>
  );
}

/** Too narrow for two panels: the inspector lies over the canvas while it is asked for. */
function Drawer({ children }: { readonly children: ReactNode }) {
  const { session } = useServices();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape goes back one level from whatever has the focus
    <div
      className={css.drawer}
      data-overlay="right"
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) session.setState({ inspectorOpen: false });
      }}
    >
      {children}
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
