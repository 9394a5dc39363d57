// Puts on the canvas what was pasted here from outside and has been looked at, once there is a view to put it in.

import { useEffect } from 'react';
import { useArrival, useDocument, useServices } from '#ui/kit/services.tsx';
import { useCanvas } from './canvas-store.ts';
import { useGraphCommands } from './graph-commands.tsx';

export function useArrivedAssets(): void {
  const { arrivals } = useServices();
  const { clipboard } = useGraphCommands();
  const projectId = useDocument((state) => state.projectId);
  const wanted = useArrival(({ adding }) => adding?.into?.projectId);
  const hasView = useCanvas(({ view }) => view !== undefined);
  useEffect(() => {
    const { adding } = arrivals.getState();
    if (!adding || !hasView || wanted !== projectId) return;
    arrivals.setState({ adding: undefined });
    void clipboard.add(adding.document);
  }, [arrivals, clipboard, hasView, wanted, projectId]);
}
