// Names of an asset's columns, to be offered while a check is filled in: from its schema, or its latest value.

import { useEffect, useState } from 'react';
import type { AssetId } from '#model/ids.ts';
import { useDocument, useRuns, useServices } from '#ui/kit/services.tsx';

const none: readonly string[] = [];

export function useColumns(assetId: AssetId | undefined): readonly string[] {
  const { workspace } = useServices();
  const projectId = useDocument((state) => state.projectId);
  const asset = useDocument((state) =>
    assetId === undefined ? undefined : state.document.assets.get(assetId),
  );
  const value = useRuns((state) =>
    assetId === undefined ? undefined : state.states.get(assetId)?.latest?.value,
  );
  const [found, setFound] = useState<readonly string[]>(none);
  useEffect(() => {
    setFound(none);
    if (projectId === undefined || value?.summary.kind !== 'table') return;
    let wanted = true;
    workspace.preview(projectId, value).then(
      (preview) => {
        if (wanted && preview.type === 'table') setFound(preview.columns.map(({ name }) => name));
      },
      // Without suggestions the names can still be typed.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [workspace, projectId, value]);
  if (asset?.kind === 'file' && asset.schema) return asset.schema.map(({ name }) => name);
  return found;
}
