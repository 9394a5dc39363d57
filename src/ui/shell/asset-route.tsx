// The page of one asset, with its history, which the inspector shows as well.

import { useParams } from '@tanstack/react-router';
import { AssetPage } from '#ui/catalog/asset-page.tsx';
import { MaterializationHistory } from '#ui/inspector/materialization-history.tsx';

export function AssetRoute() {
  const { _splat = '' } = useParams({ from: '/p/$projectId/catalog/$' });
  return (
    <AssetPage assetKey={_splat} renderHistory={(asset) => <MaterializationHistory assetId={asset.id} />} />
  );
}
