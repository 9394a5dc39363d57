// Keeps Monaco's TypeScript told of what comes in along the edges of the open body.

import { useEffect } from 'react';
import type { AssetId } from '#model/ids.ts';
import { useServices } from '#ui/kit/services.tsx';
import { bodyTypes } from './body-types.ts';
import { setUpMonaco, showTypes } from './monaco-setup.ts';

/** Long enough to gather the slices of a check, short enough to be there before the next diagnostics. */
const gatherMs = 60;

export function useBodyTypes(id: AssetId): void {
  const { documents, types, clock } = useServices();
  useEffect(() => {
    setUpMonaco();
    types.port.focus(id);
    let stopWaiting: (() => void) | undefined;
    let shownInputs: string | undefined;

    const inputTypes = () => {
      const { outputs } = types.store.getState();
      const edges = documents.store.getState().graph.upstream.get(id) ?? [];
      return edges.map(({ from }) => outputs.get(from) ?? '').join('\n');
    };
    const show = () => {
      stopWaiting = undefined;
      const { document, graph } = documents.store.getState();
      const asset = document.assets.get(id);
      if (asset?.kind !== 'asset') return;
      shownInputs = inputTypes();
      showTypes(bodyTypes(asset, graph, types.store.getState().outputs));
    };
    const later = () => {
      stopWaiting ??= clock.after(gatherMs, show);
    };
    show();
    const stopFollowing = [
      documents.store.subscribe((state, before) => {
        if (state.graph !== before.graph) later();
      }),
      types.store.subscribe((state, before) => {
        if (state.outputs === before.outputs && state.left === before.left) return;
        // While a whole project is checked, what could become an input can wait.
        if (state.left === 0 || inputTypes() !== shownInputs) later();
      }),
    ];
    return () => {
      stopWaiting?.();
      for (const stop of stopFollowing) stop();
      types.port.focus(undefined);
    };
  }, [documents, types, clock, id]);
}
