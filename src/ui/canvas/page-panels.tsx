// The panels around a canvas: a dock under it, the inspector beside it or, where there is no room, over it.

import type { ReactNode } from 'react';
import { ErrorBoundary } from '#ui/kit/error-boundary.tsx';
import { useServices, useSession } from '#ui/kit/services.tsx';
import { Splitter } from '#ui/kit/splitter.tsx';
import css from './graph-page.module.css';
import { useIsNarrow } from './use-is-narrow.ts';

interface PagePanelsProps {
  canvas(isNarrow: boolean): ReactNode;
  readonly dock: ReactNode;
  /** What is left of the dock while it is closed. */
  readonly closedDock: ReactNode;
  readonly inspector: ReactNode;
  /** What opens the inspector where it is closed, or over the canvas. */
  readonly rail?: ReactNode;
}

export function PagePanels({ canvas, dock, closedDock, inspector, rail }: PagePanelsProps) {
  const { ref, isNarrow } = useIsNarrow();
  const inspectorOpen = useSession((state) => state.inspectorOpen);
  const dockOpen = useSession((state) => state.dockOpen);
  const side = <ErrorBoundary name="The inspector">{inspector}</ErrorBoundary>;
  const main = (
    <div className={css.column}>
      <div className={css.grow}>
        <Splitter
          name="dock"
          direction="rows"
          label="Dock"
          first={canvas(isNarrow)}
          second={dockOpen ? <ErrorBoundary name="The dock">{dock}</ErrorBoundary> : undefined}
          initialSize={220}
          minSize={96}
          minFirst={160}
        />
      </div>
      {dockOpen ? null : closedDock}
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
            second={inspectorOpen && !isNarrow ? side : undefined}
            initialSize={420}
            minSize={320}
            minFirst={isNarrow ? 0 : 360}
          />
        </div>
        {inspectorOpen && isNarrow ? <Drawer>{side}</Drawer> : null}
      </div>
      {isNarrow || !inspectorOpen ? rail : null}
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
