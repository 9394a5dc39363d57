// "Zoom to fit". A large graph is a picture before the view moves: on the way out its nodes would all be made, and
// thrown away.

import { useReactFlow } from '@xyflow/react';
import { useServices } from '#ui/kit/services.tsx';
import { useCanvasStore } from './canvas-store.ts';
import { fitBesidePalette } from './fit-options.ts';
import { mostElements } from './use-overview.ts';

const glideMs = 140;

export interface Fit {
  /** Puts the nodes of a large graph away until `zoomToFit` is done; resolves when that is done. */
  prepare(): Promise<void>;
  /** Takes `prepare` back, when nothing is fitted after all. */
  giveUp(): void;
  zoomToFit(): Promise<void>;
}

export function useFit(): Fit {
  const { documents, clock } = useServices();
  const canvas = useCanvasStore();
  const flow = useReactFlow();
  const giveUp = () => canvas.setState({ isPicture: false });
  const prepare = async () => {
    if (documents.store.getState().document.assets.size <= mostElements) return;
    canvas.setState({ isPicture: true });
    await new Promise<void>((resolve) => clock.after(0, resolve));
  };
  return {
    prepare,
    giveUp,
    async zoomToFit() {
      await prepare();
      await flow.fitView({ ...fitBesidePalette(), duration: glideMs });
      giveUp();
    },
  };
}
