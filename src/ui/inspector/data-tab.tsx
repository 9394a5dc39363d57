import type { Asset } from '#model/document.ts';
export function DataTab({ asset }: { readonly asset: Asset }) {
  return <div>{asset.key}</div>;
}
