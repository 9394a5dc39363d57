// What an asset is made by: a body, a file, or something elsewhere.

import {
  IconBraces,
  IconEye,
  IconFileSpreadsheet,
  IconSitemap,
  IconStack2,
  IconWorld,
} from '@tabler/icons-react';
import type { Asset, ProjectDocument } from '#model/document.ts';
import { useDocument } from '#ui/kit/services.tsx';

const icons = {
  asset: IconBraces,
  file: IconFileSpreadsheet,
  external: IconWorld,
  observable: IconEye,
  output: IconStack2,
  graph: IconSitemap,
};
const names = {
  asset: 'TypeScript asset',
  file: 'File asset',
  external: 'External asset',
  observable: 'Observable asset',
  output: 'Output of a multi-asset',
  graph: 'Graph asset',
};

/** How an asset is made; of what a graph of ops makes it is the graph that counts. */
const madeBy = ({ units }: ProjectDocument, asset: Asset): keyof typeof icons =>
  asset.kind === 'output' && units.get(asset.unit)?.kind === 'graph' ? 'graph' : asset.kind;

export function AssetKindIcon({ asset, size = 16 }: { readonly asset: Asset; readonly size?: number }) {
  const kind = useDocument((state) => madeBy(state.document, asset));
  const Icon = icons[kind];
  return (
    <Icon
      size={size}
      stroke={1.5}
      color="var(--hw-text-3)"
      aria-label={names[kind]}
      style={{ flex: 'none' }}
    />
  );
}

export const assetKindName = (document: ProjectDocument, asset: Asset): string =>
  names[madeBy(document, asset)];
