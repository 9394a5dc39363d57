// The way from a graph asset on the canvas into its own canvas of ops.

import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { GraphUnit, ProjectDocument } from '#model/document.ts';
import type { AssetId, UnitId } from '#model/ids.ts';
import { useServices } from '#ui/kit/services.tsx';
import { unitOf } from './node-places.ts';

/** The graph that makes all of these assets. */
export function graphOf(document: ProjectDocument, assets: readonly AssetId[]): GraphUnit | undefined {
  const [first, ...others] = assets.map((id) => unitOf(document, document.assets.get(id)));
  return first?.kind === 'graph' && others.every((unit) => unit === first) ? first : undefined;
}

/** Opens the canvas of a graph's ops, with one of them selected if it is named. */
export function useOpenGraph(): (unitId: UnitId, op?: string) => void {
  const { documents } = useServices();
  const navigate = useNavigate();
  return useCallback(
    (unitId, op) => {
      const { projectId } = documents.store.getState();
      if (projectId === undefined) return;
      void navigate({
        to: '/p/$projectId/graph/$unitId',
        params: { projectId, unitId },
        search: op === undefined ? {} : { op },
      });
    },
    [documents, navigate],
  );
}
