// Nodes that are being moved are not where the document has them: until they rest, nothing is called saved.

import { useLayoutEffect } from 'react';
import { useServices } from '#ui/kit/services.tsx';
import { useCanvas } from './canvas-store.ts';

export function useUnsavedMoves(): void {
  const { documents } = useServices();
  const isMoving = useCanvas((state) => state.moving.size > 0);
  useLayoutEffect(() => (isMoving ? documents.beginEditing() : undefined), [isMoving, documents]);
}
