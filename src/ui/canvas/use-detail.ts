// How much of a node can be read at this zoom. Changes once per crossing, not per zoom.

import { type ReactFlowState, useStore } from '@xyflow/react';

/** `full`: everything. `name`: name and status, large. `block`: a block in the group's colour with its name. */
export type Detail = 'full' | 'name' | 'block';

const detailOf = ({ transform: [, , zoom] }: ReactFlowState): Detail =>
  zoom >= 0.6 ? 'full' : zoom >= 0.35 ? 'name' : 'block';

export const useDetail = (): Detail => useStore(detailOf);
