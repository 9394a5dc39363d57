import type { Asset } from '#model/document.ts';
export function SettingsTab({ asset }: { readonly asset: Asset }) {
  return <div>{asset.key}</div>;
}
