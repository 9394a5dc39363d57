// The graph page: canvas, inspector beside it, dock beneath. Panel sizes and openness belong to this browser.

import { ReactFlowProvider } from '@xyflow/react';
import { useEffect, useMemo, useState } from 'react';
import { Inspector } from '#ui/inspector/inspector.tsx';
import { loadBodyEditorSoon } from '#ui/inspector/load-body-editor.ts';
import { ErrorBoundary } from '#ui/kit/error-boundary.tsx';
import { useDocument, useServices } from '#ui/kit/services.tsx';
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
import { PagePanels } from './page-panels.tsx';
import { Palette } from './palette.tsx';
import { PanelRail } from './panel-rail.tsx';
import { PlanPreviewDialog } from './plan-preview-dialog.tsx';
import { RunAnnouncer } from './run-announcer.tsx';
import { RunToolbar } from './run-toolbar.tsx';
import { SelectionToolbar } from './selection-toolbar.tsx';
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
  return (
    <PagePanels
      canvas={(isNarrow) => <CanvasAndOutline isNarrow={isNarrow} />}
      dock={<Dock />}
      closedDock={<DockTabs />}
      inspector={<Inspector />}
      rail={<PanelRail />}
    />
  );
}

function CanvasAndOutline({ isNarrow }: { readonly isNarrow: boolean }) {
  const outlineOpen = useCanvas((state) => state.outlineOpen);
  const { run } = useGraphCommands();
  const outline = outlineOpen ? (
    <ErrorBoundary name="The outline">
      <Outline onClose={() => run('outline')} />
    </ErrorBoundary>
  ) : undefined;
  return (
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
