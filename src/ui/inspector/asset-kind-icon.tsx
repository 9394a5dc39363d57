// What an asset is made by: a body, a file, or something elsewhere.

import { IconBraces, IconEye, IconFileSpreadsheet, IconStack2, IconWorld } from '@tabler/icons-react';
import type { Asset } from '#model/document.ts';

const icons = {
  asset: IconBraces,
  file: IconFileSpreadsheet,
  external: IconWorld,
  observable: IconEye,
  output: IconStack2,
};
const names = {
  asset: 'TypeScript asset',
  file: 'File asset',
  external: 'External asset',
  observable: 'Observable asset',
  output: 'Output of a multi-asset',
};

export function AssetKindIcon({ asset, size = 16 }: { readonly asset: Asset; readonly size?: number }) {
  const Icon = icons[asset.kind];
  return (
    <Icon
      size={size}
      stroke={1.5}
      color="var(--hw-text-3)"
      aria-label={names[asset.kind]}
      style={{ flex: 'none' }}
    />
  );
}

export const assetKindName = (asset: Asset): string => names[asset.kind];
