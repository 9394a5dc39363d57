// Is the view so far out that a node is better drawn as a plain block? Changes once per crossing, not per zoom.

import { type ReactFlowState, useStore } from '@xyflow/react';

const farZoom = 0.35;
const isFar = (state: ReactFlowState): boolean => state.transform[2] < farZoom;

export const useIsFar = (): boolean => useStore(isFar);
