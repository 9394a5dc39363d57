import type { AssetId } from '#model/ids.ts';
export function MaterializationHistory({ assetId }: { readonly assetId: AssetId }) {
  return <div>{assetId}</div>;
}
