// Keeps Monaco's TypeScript told of what comes in along the edges of the open body.

import { useEffect } from 'react';
import { typedBody } from '#engine/typed-assets.ts';
import type { TypedId } from '#engine/types-port.ts';
import { useServices } from '#ui/kit/services.tsx';
import { bodyTypes } from './body-types.ts';
import { setUpMonaco, showTypes } from './monaco-setup.ts';

/** Long enough to gather the slices of a check, short enough to be there before the next diagnostics. */
const gatherMs = 60;

/** `id`: of an asset, a unit, an op or a check, whichever body is open. */
export function useBodyTypes(id: TypedId): void {
  const { documents, types, clock } = useServices();
  useEffect(() => {
    setUpMonaco();
    types.port.focus(id);
    let stopWaiting: (() => void) | undefined;
    let shownInputs: string | undefined;

    const inputTypes = () => {
      const { outputs } = types.store.getState();
      const { inputs = [] } = typedBody(documents.store.getState().graph, id) ?? {};
      return inputs.map(({ from }) => outputs.get(from ?? '') ?? '').join('\n');
    };
    const show = () => {
      stopWaiting = undefined;
      const { graph } = documents.store.getState();
      const typed = typedBody(graph, id);
      if (!typed) return;
      shownInputs = inputTypes();
      showTypes(bodyTypes(typed, graph, types.store.getState().outputs));
    };
    const later = () => {
      stopWaiting ??= clock.after(gatherMs, show);
    };
    show();
    const stopFollowing = [
      documents.store.subscribe((state, before) => {
        if (state.graph !== before.graph || state.document.checks !== before.document.checks) later();
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
